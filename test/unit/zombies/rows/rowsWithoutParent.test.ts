import assert from 'node:assert/strict';
import type { Dossier } from '../../../../src/model/dossier';
import type { Leftover } from '../../../../src/model/facts';
import { apiTables } from '../../../../src/model/instanceTables';
import type { KindId } from '../../../../src/model/kindId';
import { judgeAll } from '../../../../src/zombies/judge';
import { kinds } from '../../../../src/zombies/kinds';
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
import { expectMissing, expectNone, expectVerdict, found, glimpseOf } from '../expectations';

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

  const ofApi = (table: string): Leftover => ({ database: 'api', table, rows: 1 });
  const unmappedOne = mapping({ cell: null, cellId: null });
  const alone: readonly [KindId, Partial<Dossier>, ...string[]][] = [
    ['mapping-left-behind', { mapping: mapping() }, 'instance_mappings', 'request_specs'],
    ['mapping-left-behind', { mapping: mapping({ cell: null }) }, 'instance_mappings'],
    ['mapping-without-instance', { mapping: unmappedOne }, 'instance_mappings', 'instance_group_member'],
    ['request-spec-left-behind', {}, 'request_specs', 'instance_group_member'],
    ['group-member-left-behind', {}, 'instance_group_member'],
    ['stuck-build-request', { buildRequestedAt: '' }, 'build_requests', 'request_specs'],
    [
      'stuck-build-request',
      { buildRequestedAt: daysAgo(3), mapping: unmappedOne },
      ...apiTables.map(({ table }) => table),
    ],
  ];
  for (const [kind, facts, ...tables] of alone) {
    it(`leaves the decision to ${kind} where only ${tables.join(', ')} of the API database is left`, () => {
      const left = dossier({ leftovers: tables.map(ofApi), ...facts });
      expectNone(/only the API database/, rowsWithoutParent, left, scene());
      const suspect = judgeAll(left, scene(), kinds);
      assert.equal(suspect?.kind, kind);
      assert.ok(!suspect.also.some((also) => also.kind === 'rows-without-parent'));
    });
  }

  it('has a kind for every table of the API database that may be left', () => {
    assert.deepEqual(
      apiTables
        .map(({ table }) => table)
        .filter((table) => !alone.some(([, , ...tables]) => tables[0] === table)),
      [],
    );
  });

  it('decides where a cell has rows too', () => {
    assert.equal(judgeAll(orphan, scene(), kinds)?.kind, 'rows-without-parent');
  });

  it('lets Nova archive first what it began to archive', () => {
    const { ladder } = found(rowsWithoutParent, { ...orphan, shadowCells: [cell1] }, scene());
    assert.match(ladder[0]?.command ?? '', /archive_deleted_rows/);
    assert.equal(found(rowsWithoutParent, orphan, scene()).ladder[0]?.command, undefined);
  });

  it('gives what is left in the other services as steps by hand', () => {
    assert.equal(found(rowsWithoutParent, { ...orphan, ...holdings }, scene()).remedy.manual.length, 3);
  });

  it('is no candidate without rows, nor beside a live row', () => {
    assert.equal(rowsWithoutParent.candidate(glimpseOf(orphan), scene()), true);
    assert.equal(rowsWithoutParent.candidate(glimpseOf(dossier({})), scene()), false);
    assert.equal(rowsWithoutParent.candidate(glimpseOf({ ...orphan, rows: [row()] }), scene()), false);
  });

  it('is not found without rows', () => {
    expectNone(/no database has rows/, rowsWithoutParent, dossier({}), scene());
  });
});
