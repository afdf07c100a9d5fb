import assert from 'node:assert/strict';
import type { InstanceRow } from '../../../../src/model/facts';
import { stuckBuilding } from '../../../../src/zombies/hypervisor/stuckBuilding';
import {
  daysAgo,
  deleteAction,
  deletedRow,
  directory,
  domain,
  dossier,
  host,
  minutesAgo,
  row,
  scene,
} from '../build';
import { expectMissing, expectNone, expectVerdict, found, glimpseOf } from '../expectations';

const kind = stuckBuilding;

function building(facts: Partial<InstanceRow> = {}): ReturnType<typeof dossier> {
  const state = { vmState: 'building', taskState: 'spawning', powerState: 0, launchedAt: null };
  return dossier({ rows: [row({ ...state, createdAt: daysAgo(3), updatedAt: daysAgo(3), ...facts })] });
}

const scheduling = building({ host: null, node: null, taskState: 'scheduling', updatedAt: null });

describe('stuck building', () => {
  it('is suspected when it is being scheduled for days', () => {
    const finding = expectVerdict('suspected', kind, scheduling, scene());
    assert.equal(finding.since, daysAgo(3));
    assert.equal(finding.host, undefined);
    assert.equal(finding.remedy.wanted, false);
    assert.equal(finding.ladder[0]?.command, `openstack server set --state error ${row().uuid}`);
  });

  it('is suspected on its host too, whose nova-compute ends it when it starts', () => {
    const finding = expectVerdict('suspected', kind, building(), scene());
    assert.equal(finding.host, 'compute-01');
    assert.match(finding.ladder[0]?.title ?? '', /restart nova-compute on compute-01/);
  });

  it('takes its directory along only when its delete was asked', () => {
    const begun = { ...building(), directories: [directory()] };
    assert.deepEqual(found(kind, begun, scene()).remedy.directories, []);
    const asked = { ...begun, deleteActions: [deleteAction(daysAgo(3))] };
    const { remedy } = expectVerdict('confirmed', kind, asked, scene());
    assert.deepEqual([remedy.wanted, remedy.directories], [true, [directory()]]);
  });

  it('goes the official way first: error, then delete', () => {
    const begun = { ...building(), directories: [directory()] };
    const { remedy } = found(kind, begun, scene({ apis: true }));
    assert.equal(remedy.depth, 'api');
    assert.deepEqual(
      remedy.manual.flatMap(({ api }) => api ?? []),
      [
        { do: 'reset-state', id: begun.uuid, state: 'error' },
        { do: 'delete-server', id: begun.uuid },
      ],
    );
    assert.equal(found(kind, begun, scene()).remedy.depth, 'mark-deleted');
  });

  it('is legitimate while it is built, and not worth a look', () => {
    const young = building({ createdAt: minutesAgo(5), updatedAt: minutesAgo(4) });
    expectMissing(/may still be built/, expectVerdict('legitimate', kind, young, scene()));
    assert.equal(kind.candidate(glimpseOf(young), scene()), false);
  });

  it('is not worth a look while Nova still writes to its row', () => {
    const slow = building({ updatedAt: minutesAgo(5) });
    assert.equal(kind.candidate(glimpseOf(slow), scene()), false);
  });

  it('is legitimate while a young build request is there', () => {
    expectVerdict('legitimate', kind, { ...scheduling, buildRequestedAt: minutesAgo(5) }, scene());
  });

  it('is legitimate while its image arrives', () => {
    const large = { ...building(), directories: [directory('compute-01', { modifiedAt: minutesAgo(2) })] };
    expectMissing(/its image may be arriving/, expectVerdict('legitimate', kind, large, scene()));
  });

  it('is unknown when a domain of it is on any host: it may have been built after all', () => {
    for (const name of ['compute-01', 'compute-02']) {
      const built = { ...building(), domains: [domain(name)] };
      expectMissing(
        new RegExp(`on ${name}: it may have been built`),
        expectVerdict('unknown', kind, built, scene()),
      );
    }
  });

  it('is unknown when it names no host and a directory of it is on one', () => {
    expectVerdict('unknown', kind, { ...scheduling, directories: [directory()] }, scene());
    expectVerdict('suspected', kind, { ...building(), directories: [directory()] }, scene());
  });

  it('says where there is no libvirt to ask', () => {
    const hosts = [host('compute-01', { hypervisorType: 'ironic' })];
    expectMissing(/no libvirt on compute-01/, expectVerdict('suspected', kind, building(), scene({ hosts })));
  });

  it('is no candidate as the hidden copy of a resize across cells', () => {
    assert.equal(kind.candidate(glimpseOf(building({ hidden: true })), scene()), false);
  });

  it('is not found in another state, while it is being deleted, and without a live row', () => {
    const failed = building({ vmState: 'error' });
    expectNone(/not being built: vm_state error/, kind, failed, scene());
    const deleting = building({ taskState: 'deleting' });
    expectNone(/being deleted/, kind, deleting, scene());
    for (const other of [failed, deleting]) assert.equal(kind.candidate(glimpseOf(other), scene()), false);
    expectNone(/no live row/, kind, dossier({ rows: [deletedRow()] }), scene());
  });
});
