import assert from 'node:assert/strict';
import { rowsWithoutParent } from '../../../../src/zombies/rows/rowsWithoutParent';
import {
  cell1,
  daysAgo,
  deletedRow,
  directory,
  domain,
  dossier,
  holdings,
  leftovers,
  mapping,
  minutesAgo,
  row,
  scene,
} from '../build';
import { expectMissing, expectNone, expectVerdict, found } from '../expectations';

const orphan = dossier({ leftovers });

describe('rows without a parent', () => {
  it('is confirmed when no cell has the row of instances and nothing of it is anywhere', () => {
    const finding = expectVerdict('confirmed', rowsWithoutParent, orphan, scene());
    assert.match(finding.why, /2 rows in 2 tables/);
    assert.equal(finding.host, undefined);
    assert.deepEqual([finding.remedy.depth, finding.remedy.wanted], ['purge', true]);
  });

  it('counts per database and table in its evidence', () => {
    const { evidence } = found(rowsWithoutParent, orphan, scene());
    assert.deepEqual(
      evidence.map(({ source, text }) => [source, text]),
      [
        [`cell:${cell1}`, 'rows without a parent: instance_info_caches 1'],
        ['api-database', 'rows without a parent: instance_mappings 1'],
      ],
    );
  });

  it('is not found when a cell has the row, deleted or not', () => {
    for (const each of [row(), deletedRow()]) {
      expectNone(/has its row/, rowsWithoutParent, { ...orphan, rows: [each] }, scene());
    }
  });

  it('leaves the decision to a domain or a directory of it', () => {
    expectNone(/its domain still exists/, rowsWithoutParent, { ...orphan, domains: [domain()] }, scene());
    expectNone(
      /its directory still exists/,
      rowsWithoutParent,
      { ...orphan, directories: [directory()] },
      scene(),
    );
  });

  it('is not judged while it is on its way into a cell', () => {
    const unmapped = mapping({ cell: null, cellId: null });
    expectVerdict(
      'legitimate',
      rowsWithoutParent,
      { ...orphan, mapping: unmapped, buildRequestedAt: minutesAgo(1) },
      scene(),
    );
    expectVerdict(
      'unknown',
      rowsWithoutParent,
      { ...orphan, mapping: unmapped, buildRequestedAt: daysAgo(1) },
      scene(),
    );
    expectMissing(
      /names no cell yet/,
      expectVerdict('suspected', rowsWithoutParent, { ...orphan, mapping: unmapped }, scene()),
    );
    expectVerdict('confirmed', rowsWithoutParent, { ...orphan, mapping: mapping() }, scene());
  });

  it('lets Nova archive first what it began to archive', () => {
    const { ladder } = found(rowsWithoutParent, { ...orphan, shadowCells: [cell1] }, scene());
    assert.match(ladder[0]?.command ?? '', /archive_deleted_rows/);
    assert.equal(found(rowsWithoutParent, orphan, scene()).ladder[0]?.command, undefined);
  });

  it('gives what is left in the other services as steps by hand', () => {
    assert.equal(found(rowsWithoutParent, { ...orphan, ...holdings }, scene()).remedy.manual.length, 3);
  });

  it('is not found without rows', () => {
    expectNone(/no database has rows/, rowsWithoutParent, dossier({}), scene());
  });
});
