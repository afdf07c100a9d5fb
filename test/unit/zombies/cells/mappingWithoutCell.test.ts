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
    assert.deepEqual([remedy.depth, remedy.depths, remedy.manual], ['none', ['none'], []]);
    assert.equal(remedy.wanted, false);
  });

  it('tells how its cell is set, and never proposes map_instances, which passes over it', () => {
    const { ladder } = expectVerdict('suspected', kind, cellless, scene());
    assert.deepEqual(
      ladder.map(({ command }) => command),
      [
        `nova-manage cell_v2 verify_instance --uuid ${uuid}`,
        `UPDATE instance_mappings SET cell_id = (SELECT id FROM cell_mappings WHERE uuid = '${cell1}') WHERE instance_uuid = '${uuid}' AND cell_id IS NULL;`,
      ],
    );
  });

  it('puts nothing but a UUID into the statement', () => {
    const hostile = { ...cellless, rows: [row({ cell: "' OR 1" })] };
    const { ladder } = expectVerdict('unknown', kind, hostile, scene());
    assert.doesNotMatch(JSON.stringify(ladder), /OR 1/);
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
    expectVerdict('suspected', kind, { ...cellless, buildRequestedAt: daysAgo(3) }, scene());
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
