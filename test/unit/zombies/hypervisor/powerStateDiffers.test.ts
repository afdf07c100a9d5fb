import assert from 'node:assert/strict';
import type { Dossier } from '../../../../src/model/dossier';
import type { DomainState } from '../../../../src/model/facts';
import { powerStateDiffers } from '../../../../src/zombies/hypervisor/powerStateDiffers';
import { cell2, deletedRow, domain, dossier, migration, minutesAgo, row, scene } from '../build';
import { expectMissing, expectNone, expectVerdict, found, glimpseOf } from '../expectations';

const kind = powerStateDiffers;
const off = dossier({ rows: [row()], domains: [domain('compute-01', { state: 'shut off' })] });

function but(facts: Partial<Dossier>): Dossier {
  return { ...off, ...facts };
}

describe('power state differs', () => {
  it('is suspected when Nova says RUNNING and libvirt says shut off: it is only to be started anew', () => {
    const finding = expectVerdict('suspected', kind, off, scene());
    assert.match(finding.why, /Nova says RUNNING .* its domain on compute-01 is: shut off/);
    assert.equal(finding.host, 'compute-01');
    const { manual, ...rest } = finding.remedy;
    assert.deepEqual(rest, { wanted: false, depth: 'none', depths: ['none'], domains: [], directories: [] });
    assert.deepEqual(
      manual.map(({ command }) => command),
      [`openstack server reboot --hard ${off.uuid}`],
    );
  });

  it('is made known to Nova, which refuses to stop what it has as stopped, before it is stopped', () => {
    const started = but({ rows: [row({ vmState: 'stopped', powerState: 4 })], domains: [domain()] });
    assert.deepEqual(
      expectVerdict('suspected', kind, started, scene()).remedy.manual.map(({ command }) => command),
      [`openstack server set --state active ${off.uuid}`, `openstack server stop ${off.uuid}`],
    );
  });

  const same: readonly [DomainState, number][] = [
    ['no state', 0],
    ['running', 1],
    ['idle', 1],
    ['paused', 3],
    ['in shutdown', 4],
    ['shut off', 4],
    ['crashed', 6],
    ['pmsuspended', 7],
  ];
  for (const [state, powerState] of same) {
    it(`takes a domain that is ${state} for power_state ${powerState}, and for no other`, () => {
      const domains = [domain('compute-01', { state })];
      for (const other of [0, 1, 3, 4, 6, 7]) {
        const facts = but({ domains, rows: [row({ powerState: other })] });
        if (other === powerState) expectNone(/the domain is as the row says/, kind, facts, scene());
        else expectVerdict('suspected', kind, facts, scene());
      }
    });
  }

  it('says so while no earlier scan saw it: the guest may have been shut down a moment ago', () => {
    const finding = expectVerdict('suspected', kind, off, scene({ seenBefore: false }));
    expectMissing(/scan again after that time/, finding);
    assert.equal(finding.since, undefined);
    assert.equal(expectVerdict('suspected', kind, off, scene()).missing.length, 1);
  });

  it('is legitimate when its row changed a short time ago, and no candidate', () => {
    const young = but({ rows: [row({ updatedAt: minutesAgo(5) })] });
    expectMissing(/compares every 600 s/, expectVerdict('legitimate', kind, young, scene()));
    assert.equal(kind.candidate(glimpseOf(young), scene()), false);
    const timeless = but({ rows: [row({ updatedAt: null, createdAt: null })] });
    expectVerdict('legitimate', kind, timeless, scene());
  });

  it('is no candidate while the domain is as the row says, however old the row is', () => {
    assert.equal(kind.candidate(glimpseOf(off), scene()), true);
    assert.equal(kind.candidate(glimpseOf(but({ domains: [domain()] })), scene()), false);
  });

  it('is unknown while a task has not ended, and no candidate', () => {
    const stopping = but({ rows: [row({ taskState: 'powering-off' })] });
    expectMissing(/task_state is powering-off/, expectVerdict('unknown', kind, stopping, scene()));
    assert.equal(kind.candidate(glimpseOf(stopping), scene()), false);
  });

  it('is unknown when a resize waits for confirm, or two cells have a live row', () => {
    expectVerdict('unknown', kind, but({ migrations: [migration('finished')] }), scene());
    expectVerdict('unknown', kind, but({ rows: [row(), row({ cell: cell2, id: 9 })] }), scene());
  });

  it('is legitimate when a live row is hidden', () => {
    expectVerdict('legitimate', kind, but({ rows: [row({ hidden: true })] }), scene());
  });

  it('is not found unless its one domain is on its own host', () => {
    const none = /no single domain of it on its own host/;
    expectNone(none, kind, but({ domains: [] }), scene());
    expectNone(none, kind, but({ domains: [domain('compute-02', { state: 'shut off' })] }), scene());
    expectNone(none, kind, but({ domains: [...off.domains, domain('compute-02')] }), scene());
    expectNone(/no live row/, kind, but({ rows: [deletedRow()] }), scene());
  });

  it('is not found while it is built, deleted or soft-deleted, nor without a power_state', () => {
    for (const facts of [
      { vmState: 'building' },
      { vmState: 'deleted' },
      { taskState: 'deleting' },
      { vmState: 'soft-delete' },
    ]) {
      expectNone(/no power state is due/, kind, but({ rows: [row(facts)] }), scene());
    }
    expectNone(/power_state is NULL/, kind, but({ rows: [row({ powerState: null })] }), scene());
  });

  it('waits for nova-compute before it starts anything', () => {
    assert.deepEqual(
      found(kind, off, scene()).ladder.map(({ command }) => command),
      ['systemctl restart nova-compute', `openstack server reboot --hard ${off.uuid}`],
    );
  });
});
