import assert from 'node:assert/strict';
import type { Dossier } from '../../../../src/model/dossier';
import type { HostFacts } from '../../../../src/model/scene';
import { instanceOnDeadHost } from '../../../../src/zombies/hypervisor/instanceOnDeadHost';
import {
  daysAgo,
  deleteAction,
  deletedRow,
  directory,
  domain,
  dossier,
  holdings,
  host,
  minutesAgo,
  row,
  scene,
} from '../build';
import { expectMissing, expectNone, expectVerdict, found, glimpseOf } from '../expectations';

const kind = instanceOnDeadHost;
const stranded = dossier({ rows: [row()], directories: [directory()], ...holdings });
const dead: Partial<HostFacts> = { lastSeenUp: daysAgo(3), expectedDomains: 1 };
const asked = { rows: [row({ vmState: 'error' })], deleteActions: [deleteAction(daysAgo(14))] };

function on(facts: Partial<HostFacts>, apis = false): ReturnType<typeof scene> {
  return scene({ apis, particulars: { 'compute-01': facts } });
}

function but(facts: Partial<Dossier>): Dossier {
  return { ...stranded, ...facts };
}

describe('instance on a dead host', () => {
  it('is suspected, and nova-compute is to be started: nothing is removed', () => {
    const finding = expectVerdict('suspected', kind, stranded, on(dead));
    assert.match(finding.why, /names compute-01, whose nova-compute last reported/);
    assert.deepEqual([finding.host, finding.since], ['compute-01', daysAgo(3)]);
    const { manual, ...rest } = finding.remedy;
    assert.deepEqual(rest, { wanted: false, depth: 'none', depths: ['none'], domains: [], directories: [] });
    assert.deepEqual(
      manual.map(({ command, depths }) => [command, depths]),
      [['systemctl start nova-compute', ['none']]],
    );
  });

  it('offers the API as a pick, and never SQL, while nobody asked for a delete', () => {
    const { remedy } = found(kind, stranded, on(dead, true));
    assert.deepEqual([remedy.depth, remedy.depths], ['none', ['none', 'api']]);
    assert.deepEqual(
      remedy.manual.map(({ api, depths }) => [api?.do, depths]),
      [
        [undefined, ['none']],
        ['delete-server', ['api']],
      ],
    );
  });

  it('is confirmed when its delete was asked, and goes with what is on the host', () => {
    const { remedy } = expectVerdict('confirmed', kind, but(asked), on(dead));
    assert.equal(remedy.wanted, true);
    assert.equal(remedy.depth, 'mark-deleted');
    const last = /scan again when nova-compute on compute-01 .* instance_extra/;
    assert.match(found(kind, but(asked), on(dead)).ladder.at(-1)?.title ?? '', last);
    assert.deepEqual(remedy.directories, stranded.directories);
    assert.equal(found(kind, but(asked), on(dead, true)).remedy.depth, 'api');
  });

  it('is dead when it was forced down, or Nova knows no nova-compute there', () => {
    const forcedDown = { service: { disabled: false, forcedDown: true }, expectedDomains: 1 };
    assert.match(expectVerdict('suspected', kind, stranded, on(forcedDown)).why, /was forced down/);
    const hosts = [host('compute-01', { serviceless: true, expectedDomains: 1 }), host('compute-02')];
    const finding = expectVerdict('suspected', kind, stranded, scene({ hosts }));
    assert.match(finding.why, /knows no nova-compute there/);
    assert.equal(finding.since, undefined);
    assert.equal(kind.candidate(glimpseOf(stranded), on(forcedDown)), true);
    assert.equal(kind.candidate(glimpseOf(stranded), scene({ hosts })), true);
  });

  it('is legitimate on a host that is only disabled, and no candidate: maintenance', () => {
    const disabled = { service: { disabled: true, forcedDown: false } };
    expectMissing(/in maintenance/, expectVerdict('legitimate', kind, stranded, on(disabled)));
    assert.equal(kind.candidate(glimpseOf(stranded), on(disabled)), false);
    const busy = found(kind, but({ domains: [domain()] }), on({ ...disabled, expectedDomains: 17 }));
    assert.doesNotMatch(busy.missing.join(), /dead|no domain/, 'nothing is said of a death');
    assert.doesNotMatch(busy.cleared.join(), /no domain of it|no other instance/);
    expectVerdict('suspected', kind, stranded, on({ ...dead, ...disabled }));
    const hosts = [host('compute-01', { ...disabled, silent: true }), host('compute-02')];
    assert.match(expectVerdict('unknown', kind, stranded, scene({ hosts })).why, /nova-compute is disabled/);
  });

  it('is not found while nova-compute is up, or silent for less than a day', () => {
    expectNone(/is up/, kind, stranded, scene());
    expectNone(/silent for a short time only/, kind, stranded, on({ lastSeenUp: minutesAgo(60) }));
    assert.equal(kind.candidate(glimpseOf(stranded), on({ lastSeenUp: minutesAgo(60) })), false);
    expectNone(/silent/, kind, stranded, on({ lastSeenUp: 'not a time' }));
  });

  it('warns of the machine that still runs: an evacuation would make a second one', () => {
    const running = { ...but(asked), domains: [domain()] };
    expectMissing(/nothing is to be evacuated/, expectVerdict('suspected', kind, running, on(dead)));
    expectVerdict('confirmed', kind, but(asked), on(dead));
  });

  it('is first of all a host problem when more than one instance is due there', () => {
    expectMissing(
      /host problem: 2 instances are due on compute-01/,
      expectVerdict('suspected', kind, but(asked), on({ ...dead, expectedDomains: 2 })),
    );
  });

  it('says where there is no libvirt to ask', () => {
    const ironic = { ...dead, hypervisorType: 'ironic' };
    expectMissing(/no libvirt/, expectVerdict('suspected', kind, but(asked), on(ironic)));
  });

  it('is unknown while a task has not ended, and legitimate while it is soft-deleted', () => {
    const evacuating = but({ rows: [row({ taskState: 'rebuilding' })] });
    expectMissing(/task_state is rebuilding/, expectVerdict('unknown', kind, evacuating, on(dead)));
    expectVerdict('legitimate', kind, but({ rows: [row({ vmState: 'soft-delete' })] }), on(dead));
  });

  it('is unknown where the host does not answer: it may run on', () => {
    const silent = { hosts: [host('compute-01', { silent: true }), host('compute-02')] };
    const choices = { ...silent, particulars: { 'compute-01': { lastSeenUp: daysAgo(3) } } };
    expectVerdict('unknown', kind, stranded, scene(choices));
    assert.equal(kind.candidate(glimpseOf(stranded), scene(choices)), false, 'the host is shown as silent');
    const unlisted = { 'compute-01': { lastSeenUp: daysAgo(3), listed: false } };
    assert.equal(kind.candidate(glimpseOf(stranded), scene({ ...silent, particulars: unlisted })), true);
  });

  it('is not found while it is being deleted, without a host, and without a live row', () => {
    const deleting = but({ rows: [row({ taskState: 'deleting' })] });
    expectNone(/its delete decides/, kind, deleting, on(dead));
    assert.equal(kind.candidate(glimpseOf(deleting), on(dead)), false);
    const homeless = but({ rows: [row({ host: null })] });
    expectNone(/names no host/, kind, homeless, on(dead));
    assert.equal(kind.candidate(glimpseOf(homeless), on(dead)), false);
    expectNone(/no live row/, kind, but({ rows: [deletedRow()] }), on(dead));
  });

  it('starts nova-compute before it evacuates, and evacuates before it deletes', () => {
    assert.deepEqual(
      found(kind, stranded, on(dead)).ladder.map(({ command }) => command),
      [
        'systemctl start nova-compute',
        `openstack server evacuate ${stranded.uuid}`,
        `openstack server delete ${stranded.uuid}`,
      ],
    );
  });
});
