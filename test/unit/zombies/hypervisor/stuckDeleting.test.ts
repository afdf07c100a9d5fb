import assert from 'node:assert/strict';
import { stuckDeleting } from '../../../../src/zombies/hypervisor/stuckDeleting';
import { deletedRow, directory, domain, dossier, holdings, host, minutesAgo, row, scene } from '../build';
import { expectMissing, expectNone, expectVerdict, found, glimpseOf } from '../expectations';

const deleting = row({ taskState: 'deleting' });
const stuck = dossier({ rows: [deleting] });

describe('stuck deleting', () => {
  it('is confirmed when a delete was begun two weeks ago and the host has no domain', () => {
    const finding = expectVerdict('confirmed', stuckDeleting, stuck, scene());
    assert.equal(finding.host, 'compute-01');
    assert.equal(finding.since, deleting.updatedAt);
    assert.equal(finding.remedy.wanted, true);
    assert.equal(finding.remedy.depth, 'mark-deleted');
    assert.deepEqual(finding.remedy.depths, ['mark-deleted', 'complete', 'archive']);
    assert.deepEqual(finding.missing, []);
  });

  it('is confirmed with the domain still there, and stops it', () => {
    const running = { ...stuck, domains: [domain()], directories: [directory()] };
    const { remedy, why } = expectVerdict('confirmed', stuckDeleting, running, scene());
    assert.deepEqual(remedy.domains, running.domains);
    assert.deepEqual(remedy.directories, running.directories);
    assert.match(why, /so is the domain/);
  });

  it('takes a directory on shared storage once', () => {
    const hosts = ['compute-01', 'compute-02'].map((name) => host(name, { sharedStorage: true }));
    const twice = { ...stuck, directories: [directory('compute-01'), directory('compute-02')] };
    assert.equal(found(stuckDeleting, twice, scene({ hosts })).remedy.directories.length, 1);
    assert.equal(found(stuckDeleting, twice, scene()).remedy.directories.length, 2);
  });

  it('is not found while the delete is young, and names the threshold', () => {
    const young = dossier({ rows: [row({ taskState: 'deleting', updatedAt: minutesAgo(2) })] });
    expectNone(/under way.* 30 minutes/, stuckDeleting, young, scene());
    assert.equal(stuckDeleting.candidate(glimpseOf(young), scene()), false);
  });

  it('is not found when nobody knows since when', () => {
    const timeless = dossier({
      rows: [row({ taskState: 'deleting', updatedAt: null, createdAt: 'not a time' })],
    });
    expectNone(/under way/, stuckDeleting, timeless, scene());
  });

  it('counts from created_at when the row was never updated', () => {
    expectVerdict(
      'confirmed',
      stuckDeleting,
      dossier({ rows: [row({ taskState: 'deleting', updatedAt: null })] }),
      scene(),
    );
  });

  it('is not found for a live instance, a deleted one, and one without a host', () => {
    expectNone(
      /no such delete was begun: vm_state active/,
      stuckDeleting,
      dossier({ rows: [row()] }),
      scene(),
    );
    expectNone(/no live row/, stuckDeleting, dossier({ rows: [deletedRow()] }), scene());
    for (const none of [null, '']) {
      const homeless = dossier({ rows: [row({ taskState: 'deleting', host: none, node: null })] });
      expectNone(/names no host/, stuckDeleting, homeless, scene());
      assert.equal(stuckDeleting.candidate(glimpseOf(homeless), scene()), false);
    }
  });

  it('leaves what Nova has already called deleted to a kind of its own', () => {
    const deleted = dossier({ rows: [row({ taskState: 'deleting', vmState: 'deleted' })] });
    expectNone(/no such delete was begun/, stuckDeleting, deleted, scene());
    assert.equal(stuckDeleting.candidate(glimpseOf(deleted), scene()), false);
  });

  it('is legitimate while it is soft-deleted: it may be restored', () => {
    const soft = dossier({ rows: [row({ taskState: 'deleting', vmState: 'soft-delete' })] });
    expectMissing(/may be restored/, expectVerdict('legitimate', stuckDeleting, soft, scene()));
  });

  it('is suspected when the domain is on another host than the row names', () => {
    const moved = { ...stuck, domains: [domain('compute-02')] };
    expectMissing(
      /the row names compute-01, but a domain is on compute-02/,
      expectVerdict('suspected', stuckDeleting, moved, scene()),
    );
  });

  it('is suspected where there is no libvirt to ask', () => {
    const hosts = [host('compute-01', { hypervisorType: 'ironic' })];
    const finding = expectVerdict('suspected', stuckDeleting, stuck, scene({ hosts }));
    expectMissing(/no libvirt on compute-01/, finding);
    assert.ok(finding.evidence.every(({ text }) => !text.includes('libvirt has no such domain')));
  });

  it('says by what it knows that somebody wanted it gone', () => {
    assert.ok(
      found(stuckDeleting, stuck, scene()).cleared.includes('a delete was asked: task_state is deleting'),
    );
  });

  it('tries the official ways first, in their order', () => {
    const { ladder } = found(stuckDeleting, stuck, scene());
    assert.deepEqual(
      ladder.map(({ command }) => command),
      [
        'systemctl restart nova-compute',
        `openstack server set --state error ${stuck.uuid}`,
        `openstack server delete ${stuck.uuid}`,
        undefined,
        undefined,
      ],
    );
    assert.match(ladder[0]?.title ?? '', /compute-01/);
    assert.match(
      ladder[4]?.title ?? '',
      /scan again when nova-compute on compute-01 .* instance_extra .* "live rows/,
    );
  });

  it('gives what it holds in Neutron, Cinder and Placement as steps by hand', () => {
    const { remedy } = found(stuckDeleting, { ...stuck, ...holdings }, scene());
    assert.deepEqual(
      remedy.manual.map(({ command }) => command),
      [
        'openstack port delete aaaaaaaa-0000-4000-8000-000000000001',
        'openstack --os-volume-api-version 3.27 volume attachment delete cccccccc-0000-4000-8000-000000000001',
        `openstack resource provider allocation delete ${stuck.uuid}`,
      ],
    );
  });

  it('goes the official way first where the cloud has its APIs', () => {
    const { remedy } = found(stuckDeleting, stuck, scene({ apis: true }));
    assert.equal(remedy.depth, 'api');
    assert.deepEqual(remedy.depths, ['api', 'mark-deleted', 'complete', 'archive']);
    assert.deepEqual(
      remedy.manual.map(({ api, depths }) => [api?.do, depths]),
      [
        ['reset-state', ['api']],
        ['delete-server', ['api']],
      ],
    );
    assert.equal(found(stuckDeleting, stuck, scene()).remedy.depth, 'mark-deleted');
  });

  it('gives them as requests where the cloud has its APIs, but for a port that its owner may have made', () => {
    const own = { id: 'aaaaaaaa-0000-4000-8000-000000000002', addresses: [] };
    const ports = [...holdings.ports.map((port) => ({ ...port, madeByNova: true as const })), own];
    const { remedy } = found(stuckDeleting, { ...stuck, ...holdings, ports }, scene({ apis: true }));
    assert.deepEqual(
      remedy.manual.flatMap(({ depths, api }) => ((depths?.includes('complete') ?? true) ? [api] : [])),
      [
        { do: 'delete-port', id: 'aaaaaaaa-0000-4000-8000-000000000001' },
        undefined,
        { do: 'delete-attachment', id: 'cccccccc-0000-4000-8000-000000000001' },
        { do: 'delete-allocations', consumer: stuck.uuid },
      ],
    );
  });

  it('warns of the volume while the domain still writes to it', () => {
    const { remedy } = found(stuckDeleting, { ...stuck, ...holdings, domains: [domain()] }, scene());
    assert.match(remedy.manual[1]?.why ?? '', /stop its domain first/);
  });

  it('puts nothing but UUIDs into a command', () => {
    const hostile = {
      ...stuck,
      ports: [{ id: '$(reboot)', addresses: [] }],
      volumes: [{ cell: 'x', volumeId: '; rm -rf /', attachmentId: null }],
    };
    assert.deepEqual(found(stuckDeleting, hostile, scene()).remedy.manual, []);
  });
});
