import assert from 'node:assert/strict';
import { missingAllocation as kind } from '../../../../src/zombies/placement/missingAllocation';
import {
  allocation,
  cell2,
  consumer,
  deletedRow,
  domain,
  dossier,
  host,
  mapping,
  migration,
  minutesAgo,
  row,
  scene,
  uuid,
} from '../build';
import { expectMissing, expectNone, expectVerdict } from '../expectations';

const unheld = dossier({ rows: [row()], mapping: mapping(), domains: [domain()] });

describe('a missing allocation', () => {
  it('is suspected, and Nova makes it: nothing is removed', () => {
    const { missing, remedy, ladder, host: place } = expectVerdict('suspected', kind, unheld, scene());
    const heal = `nova-manage placement heal_allocations --instance ${uuid}`;
    assert.equal(missing.length, 1);
    assert.equal(place, 'compute-01');
    assert.deepEqual(
      ladder.map(({ command }) => command),
      [`${heal} --dry-run`, heal],
    );
    assert.deepEqual(
      remedy.manual.map(({ command, api }) => [command, api]),
      [[heal, undefined]],
    );
    assert.deepEqual([remedy.depth, remedy.depths, remedy.wanted], ['none', ['none'], false]);
    assert.deepEqual([remedy.domains, remedy.directories], [[], []]);
  });

  it('is not found with an allocation, whichever fact tells of it', () => {
    expectNone(/has allocations/, kind, { ...unheld, allocations: [allocation('compute-01')] }, scene());
    expectNone(/has allocations/, kind, { ...unheld, consumer: consumer() }, scene());
    expectVerdict('suspected', kind, { ...unheld, consumer: consumer({ allocations: 0 }) }, scene());
  });

  it('is not found where Placement was not read: nothing was seen to be missing', () => {
    expectNone(/not read/, kind, unheld, scene({ unread: ['placement'] }));
    expectNone(/not read/, kind, unheld, scene({ absent: ['placement'] }));
  });

  it('is not found for what needs none', () => {
    for (const facts of [
      { vmState: 'building' },
      { vmState: 'shelved_offloaded' },
      { vmState: 'deleted' },
      { taskState: 'deleting' },
    ])
      expectNone(/no allocation is due/, kind, { ...unheld, rows: [row(facts)] }, scene());
    expectNone(/no host, or no node/, kind, { ...unheld, rows: [row({ host: null })] }, scene());
    expectNone(/no host, or no node/, kind, { ...unheld, rows: [row({ node: null })] }, scene());
    expectNone(/no live row/, kind, { ...unheld, rows: [deletedRow()] }, scene());
  });

  it('is unknown while a task runs: heal_allocations passes over it', () => {
    const busy = { ...unheld, rows: [row({ taskState: 'rebuilding' })] };
    expectMissing(/task_state is rebuilding/, expectVerdict('unknown', kind, busy, scene()));
  });

  it('is legitimate on a host of Ironic', () => {
    const hosts = [host('compute-01', { hypervisorType: 'ironic' })];
    const finding = expectVerdict('legitimate', kind, { ...unheld, domains: [] }, scene({ hosts }));
    expectMissing(/one of Ironic/, finding);
  });

  it('is legitimate a short time after it was built, unshelved or moved', () => {
    for (const twin of [
      { ...unheld, rows: [row({ createdAt: minutesAgo(5) })] },
      { ...unheld, rows: [row({ launchedAt: minutesAgo(5) })] },
      { ...unheld, migrations: [migration('completed', { updatedAt: minutesAgo(5) })] },
    ])
      expectMissing(/less than 60 minutes/, expectVerdict('legitimate', kind, twin, scene()));
  });

  it('is unknown while a resize waits, or with live rows in two cells; legitimate with a hidden one', () => {
    expectVerdict('unknown', kind, { ...unheld, migrations: [migration('finished')] }, scene());
    expectVerdict('unknown', kind, { ...unheld, rows: [row(), row({ cell: cell2, id: 9 })] }, scene());
    expectVerdict('legitimate', kind, { ...unheld, rows: [row({ hidden: true })] }, scene());
  });
});
