import assert from 'node:assert/strict';
import { instanceWithoutMapping as kind } from '../../../../src/zombies/cells/instanceWithoutMapping';
import {
  cell,
  cell1,
  cell2,
  deletedRow,
  domain,
  dossier,
  mapping,
  migration,
  minutesAgo,
  row,
  scene,
  unmapped,
} from '../build';
import { expectMissing, expectNone, expectVerdict } from '../expectations';

const lost = dossier({ rows: [row()], domains: [domain()] });

describe('an instance without a mapping', () => {
  it('is suspected, and Nova maps it: nothing is removed', () => {
    const { remedy, ladder } = expectVerdict('suspected', kind, lost, scene());
    const command = `nova-manage cell_v2 map_instances --cell_uuid ${cell1} --reset`;
    assert.deepEqual(
      ladder.map((rung) => rung.command),
      [command],
    );
    assert.deepEqual(
      remedy.manual.map((step) => [step.command, step.api]),
      [[command, undefined]],
    );
    assert.deepEqual([remedy.depth, remedy.depths, remedy.wanted], ['none', ['none'], false]);
    assert.deepEqual([remedy.domains, remedy.directories], [[], []]);
  });

  it('puts nothing but a UUID into a command', () => {
    const hostile = { ...lost, rows: [row({ cell: '; reboot' })] };
    const { ladder, remedy } = expectVerdict('unknown', kind, hostile, scene());
    assert.doesNotMatch(JSON.stringify([ladder, remedy]), /reboot/);
  });

  it('is not found with a mapping, one without a cell included', () => {
    expectNone(/has a mapping/, kind, { ...lost, mapping: mapping() }, scene());
    expectNone(/has a mapping/, kind, { ...lost, mapping: unmapped() }, scene());
  });

  it('is not found for a deleted instance: its mapping goes with the archive', () => {
    expectNone(/no live row/, kind, { ...lost, rows: [deletedRow()] }, scene());
  });

  it('is legitimate while the row is young: the API database was read before the cell', () => {
    const young = { ...lost, rows: [row({ createdAt: minutesAgo(2) })] };
    expectMissing(/less than 60 minutes/, expectVerdict('legitimate', kind, young, scene()));
    expectVerdict('unknown', kind, { ...lost, rows: [row({ createdAt: null })] }, scene());
  });

  it('is unknown when nothing at all is mapped to its cell: an upgrade not finished, another API database', () => {
    const cells = new Map([[cell1, cell('cell1', { mapped: 0, missing: 0 })]]);
    expectMissing(/no instance in cell1 at all/, expectVerdict('unknown', kind, lost, scene({ cells })));
    const others = new Map([[cell1, cell('cell1', { mapped: 1, missing: 0 })]]);
    expectVerdict('suspected', kind, lost, scene({ cells: others }));
    expectVerdict('suspected', kind, lost, scene({ cells: new Map() }));
  });

  it('is unknown when two cells have a live row, and legitimate when one of them is hidden', () => {
    expectVerdict('unknown', kind, { ...lost, rows: [row(), row({ cell: cell2, id: 9 })] }, scene());
    expectVerdict('legitimate', kind, { ...lost, rows: [row({ hidden: true })] }, scene());
  });

  it('is unknown while a task runs or a resize waits', () => {
    expectVerdict('unknown', kind, { ...lost, rows: [row({ taskState: 'deleting' })] }, scene());
    expectVerdict('unknown', kind, { ...lost, migrations: [migration('finished')] }, scene());
  });
});
