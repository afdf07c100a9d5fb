import assert from 'node:assert/strict';
import { instanceInTwoCells as kind } from '../../../../src/zombies/cells/instanceInTwoCells';
import { cell1, cell2, deletedRow, dossier, mapping, migration, row, scene } from '../build';
import { expectMissing, expectNone, expectVerdict, glimpseOf } from '../expectations';

const second = row({ cell: cell2, id: 9, host: 'compute-02', node: 'compute-02.example.org' });
const twice = dossier({ rows: [row(), second], mapping: mapping() });

describe('an instance in two cells', () => {
  it('is unknown, and nothing is offered: either row may be the machine', () => {
    const finding = expectVerdict('unknown', kind, twice, scene());
    expectMissing(new RegExp(`the API goes by the mapping, cell ${cell1}`), finding);
    assert.equal(finding.missing.length, 1);
    assert.match(finding.why, /2 cells have a live row/);
    assert.equal(kind.candidate(glimpseOf(twice), scene()), true);
  });

  it('stays unknown whatever the rows say: deleting, in error, without a host, asked to be deleted', () => {
    for (const facts of [{ taskState: 'deleting' }, { vmState: 'error' }, { host: null, node: null }])
      expectVerdict('unknown', kind, { ...twice, rows: [row(facts), second] }, scene());
  });

  it('is legitimate when all rows but one are hidden: it is resized across cells', () => {
    for (const rows of [
      [row({ hidden: true }), second],
      [row(), { ...second, hidden: true }],
    ]) {
      const finding = expectVerdict('legitimate', kind, { ...twice, rows }, scene());
      assert.match(finding.why, /resized across cells/);
    }
  });

  it('is unknown when all rows are hidden: then none is shown', () => {
    const rows = [row({ hidden: true }), { ...second, hidden: true }];
    expectVerdict('unknown', kind, { ...twice, rows }, scene());
  });

  it('is unknown while the resize is in progress, hidden or not', () => {
    const rows = [row({ hidden: true }), second];
    expectVerdict('unknown', kind, { ...twice, rows, migrations: [migration('migrating')] }, scene());
  });

  it('is not found with one live row, or a second one that is deleted', () => {
    for (const rows of [[row()], [row(), deletedRow({ cell: cell2 })], []]) {
      expectNone(/no two cells/, kind, { ...twice, rows }, scene());
      assert.equal(kind.candidate(glimpseOf({ ...twice, rows }), scene()), false);
    }
  });
});
