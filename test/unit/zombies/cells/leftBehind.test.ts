import assert from 'node:assert/strict';
import { groupMemberLeftBehind } from '../../../../src/zombies/cells/groupMemberLeftBehind';
import { requestSpecLeftBehind } from '../../../../src/zombies/cells/requestSpecLeftBehind';
import {
  cell,
  cell1,
  daysAgo,
  deletedRow,
  directory,
  domain,
  dossier,
  leftIn,
  mapping,
  minutesAgo,
  row,
  scene,
  unmapped,
} from '../build';
import { expectMissing, expectNone, expectVerdict, glimpseOf } from '../expectations';

for (const [kind, table, other] of [
  [requestSpecLeftBehind, 'request_specs', 'instance_group_member'],
  [groupMemberLeftBehind, 'instance_group_member', 'request_specs'],
] as const) {
  const left = dossier({ leftovers: leftIn(table) });

  describe(`a row of ${table} that was left behind`, () => {
    it('is confirmed when no cell has a row of the instance, and is purged', () => {
      const { remedy, ladder } = expectVerdict('confirmed', kind, left, scene());
      assert.deepEqual([remedy.depth, remedy.depths, remedy.wanted], ['purge', ['purge', 'none'], true]);
      assert.match(ladder[0]?.title ?? '', /archive_deleted_rows/);
      assert.equal(kind.candidate(glimpseOf(left), scene()), true);
    });

    it('is about its own table', () => {
      const elsewhere = { ...left, leftovers: leftIn(other) };
      expectNone(new RegExp(`left over in ${table}`), kind, elsewhere, scene());
      assert.equal(kind.candidate(glimpseOf(elsewhere), scene()), false);
    });

    it('is not found when any cell has a row: a shelved or stopped instance needs it to be moved', () => {
      for (const each of [row({ vmState: 'shelved_offloaded', host: null, node: null }), deletedRow()])
        expectNone(/has its row/, kind, { ...left, rows: [each] }, scene());
    });

    it('is not judged while it is on its way into a cell', () => {
      const building = { ...left, mapping: unmapped(), buildRequestedAt: minutesAgo(1) };
      expectVerdict('legitimate', kind, building, scene());
      expectVerdict('unknown', kind, { ...building, buildRequestedAt: daysAgo(1) }, scene());
      expectMissing(
        /names no cell yet/,
        expectVerdict('suspected', kind, { ...left, mapping: unmapped() }, scene()),
      );
    });

    it('is unknown when the database of its cell may not be Nova’s', () => {
      const cells = new Map([[cell1, cell('cell1', { missing: 40 })]]);
      expectVerdict('unknown', kind, { ...left, mapping: mapping() }, scene({ cells }));
    });

    it('is unknown when Nova’s API has the instance', () => {
      expectVerdict('unknown', kind, { ...left, novaApi: 'present' }, scene());
    });

    it('leaves the decision to a domain or a directory of it', () => {
      expectNone(/its domain/, kind, { ...left, domains: [domain()] }, scene());
      expectNone(/its directory/, kind, { ...left, directories: [directory()] }, scene());
    });
  });
}
