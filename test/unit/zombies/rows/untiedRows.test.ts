import assert from 'node:assert/strict';
import type { Dossier } from '../../../../src/model/dossier';
import { rowsWithoutParent } from '../../../../src/zombies/rows/rowsWithoutParent';
import { untiedRows } from '../../../../src/zombies/rows/untiedRows';
import { cell1, deletedRow, directory, domain, dossier, leftovers, minutesAgo, row, scene } from '../build';
import { expectNone, expectVerdict, found, glimpseOf } from '../expectations';

function left(table: string, database = cell1): Dossier['leftovers'][number] {
  return { database, table, rows: 2 };
}

const tagged = dossier({ leftovers: [left('tags')] });

describe('untied rows', () => {
  it('are confirmed when nothing else is left of the instance, and are purged', () => {
    for (const table of ['tags', 'volume_usage_cache', 'instance_id_mappings', 'bw_usage_cache']) {
      const only = dossier({ leftovers: [left(table)] });
      const { remedy } = expectVerdict('confirmed', untiedRows, only, scene());
      assert.deepEqual([remedy.depth, remedy.wanted], ['purge', true]);
      assert.equal(untiedRows.candidate(glimpseOf(only), scene()), true);
      expectNone(/no foreign key/, rowsWithoutParent, only, scene());
      assert.equal(rowsWithoutParent.candidate(glimpseOf(only), scene()), false);
    }
  });

  it('are rows without a parent when a row of another table is left, or one of the API database', () => {
    for (const more of [leftovers, [left('tags', 'api')], [left('instance_faults')]]) {
      const mixed = dossier({ leftovers: [left('tags'), ...more] });
      expectNone(/not rows without a foreign key/, untiedRows, mixed, scene());
      assert.equal(untiedRows.candidate(glimpseOf(mixed), scene()), false);
      expectVerdict('confirmed', rowsWithoutParent, mixed, scene());
    }
    expectNone(/not rows without/, untiedRows, dossier(), scene());
  });

  it('are not found of an instance that has its row, deleted or not', () => {
    for (const each of [row(), deletedRow()]) {
      expectNone(/has its row/, untiedRows, { ...tagged, rows: [each] }, scene());
    }
    assert.equal(untiedRows.candidate(glimpseOf({ ...tagged, rows: [row()] }), scene()), false);
  });

  it('leave the decision to a domain or a directory of it', () => {
    expectNone(/and decides/, untiedRows, { ...tagged, domains: [domain()] }, scene());
    expectNone(/and decides/, untiedRows, { ...tagged, directories: [directory()] }, scene());
  });

  it('are not judged while it is being built', () => {
    expectVerdict('legitimate', untiedRows, { ...tagged, buildRequestedAt: minutesAgo(1) }, scene());
  });

  it('have no command of Nova', () => {
    assert.match(found(untiedRows, tagged, scene()).ladder[0]?.title ?? '', /^SQL/);
  });
});
