import assert from 'node:assert/strict';
import { mappingWithoutCell as kind } from '../../../../src/zombies/cells/mappingWithoutCell';
import {
  cell1,
  cell2,
  daysAgo,
  deletedRow,
  domain,
  dossier,
  mapping,
  migration,
  minutesAgo,
  row,
  scene,
  unmapped,
  uuid,
} from '../build';
import { expectMissing, expectNone, expectVerdict } from '../expectations';

const cellless = dossier({ rows: [row()], mapping: unmapped(), domains: [domain()] });

describe('a mapping without a cell', () => {
  it('is suspected: a live instance that nobody can show or delete', () => {
    const { missing, remedy } = expectVerdict('suspected', kind, cellless, scene());
    assert.deepEqual(missing, ['the instance is live: it stays, and only what is named here may be mended']);
    assert.deepEqual([remedy.depth, remedy.depths, remedy.manual], ['repair', ['repair', 'none'], []]);
    assert.deepEqual(remedy.repairs, [{ do: 'map-to-cell', cell: cell1 }]);
    assert.equal(remedy.wanted, false);
  });

  it('tells how its cell is set, and never proposes map_instances, which passes over it', () => {
    const { ladder } = expectVerdict('suspected', kind, cellless, scene());
    assert.deepEqual(
      ladder.map(({ command }) => command),
      [`nova-manage cell_v2 verify_instance --uuid ${uuid}`, undefined, `openstack server show ${uuid}`],
    );
  });

  it('is not found when the mapping names a cell, also one that is not known, or is not there', () => {
    expectNone(/names a cell/, kind, { ...cellless, mapping: mapping() }, scene());
    expectNone(/names a cell/, kind, { ...cellless, mapping: mapping({ cell: null }) }, scene());
    expectNone(/no mapping/, kind, dossier({ rows: [row()] }), scene());
  });

  it('is not found when no row is live', () => {
    expectNone(/no live row/, kind, { ...cellless, rows: [deletedRow()] }, scene());
    expectNone(/no live row/, kind, { ...cellless, rows: [] }, scene());
  });

  it('is legitimate while request, mapping or row is young: nova-conductor may be about to map it', () => {
    for (const twin of [
      { ...cellless, buildRequestedAt: minutesAgo(3) },
      { ...cellless, mapping: unmapped({ createdAt: minutesAgo(3) }) },
      { ...cellless, rows: [row({ createdAt: minutesAgo(3) })] },
    ])
      expectMissing(/less than 60 minutes/, expectVerdict('legitimate', kind, twin, scene()));
  });

  it('is unknown while its build request is there, however old: nova-conductor maps, then removes it', () => {
    const waiting = { ...cellless, buildRequestedAt: daysAgo(3) };
    expectMissing(/build request is still/, expectVerdict('unknown', kind, waiting, scene()));
    const timeless = { ...cellless, buildRequestedAt: '' };
    expectMissing(/build request is still/, expectVerdict('unknown', kind, timeless, scene()));
  });

  it('is unknown when another cell has a deleted row of it: its cell is not known', () => {
    const twice = { ...cellless, rows: [row(), deletedRow({ cell: cell2, id: 9 })] };
    expectMissing(/which of the two is its cell/, expectVerdict('unknown', kind, twice, scene()));
    const again = { ...cellless, rows: [row(), deletedRow({ id: 9 })] };
    expectVerdict('suspected', kind, again, scene());
  });

  it('is unknown when two cells have a live row, and legitimate when one of them is hidden', () => {
    const twice = { ...cellless, rows: [row(), row({ cell: cell2, id: 9 })] };
    expectMissing(/2 cells/, expectVerdict('unknown', kind, twice, scene()));
    const hidden = { ...cellless, rows: [row({ hidden: true })] };
    expectMissing(/hidden/, expectVerdict('legitimate', kind, hidden, scene()));
  });

  it('is unknown while a task runs or a resize waits', () => {
    expectVerdict('unknown', kind, { ...cellless, rows: [row({ taskState: 'migrating' })] }, scene());
    expectVerdict('unknown', kind, { ...cellless, migrations: [migration('finished')] }, scene());
  });
});
