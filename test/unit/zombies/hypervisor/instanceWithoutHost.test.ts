import assert from 'node:assert/strict';
import type { InstanceRow } from '../../../../src/model/facts';
import { cell0Uuid } from '../../../../src/model/uuid';
import { instanceWithoutHost } from '../../../../src/zombies/hypervisor/instanceWithoutHost';
import {
  daysAgo,
  deleteAction,
  deletedRow,
  directory,
  domain,
  dossier,
  holdings,
  minutesAgo,
  row,
  scene,
} from '../build';
import { expectMissing, expectNone, expectVerdict, found, glimpseOf } from '../expectations';

function homeless(facts: Partial<InstanceRow>): ReturnType<typeof dossier> {
  return dossier({ rows: [row({ host: null, node: null, launchedAt: null, ...facts })] });
}

describe('instance without a host', () => {
  it('is suspected as a failed build in a cell, with its ports and volumes as steps by hand', () => {
    const failed = { ...homeless({ vmState: 'error' }), ports: holdings.ports, volumes: holdings.volumes };
    const { why, remedy } = expectVerdict('suspected', instanceWithoutHost, failed, scene());
    assert.match(why, /ports and volumes/);
    assert.equal(remedy.manual.length, 2);
  });

  it('detaches a volume without an attachment id by its own id', () => {
    const volumes = holdings.volumes.map((volume) => ({ ...volume, attachmentId: null }));
    const { remedy } = found(instanceWithoutHost, { ...homeless({ vmState: 'error' }), volumes }, scene());
    assert.deepEqual(
      remedy.manual.map(({ command }) => command),
      ['openstack volume set --detached --state available bbbbbbbb-0000-4000-8000-000000000001'],
    );
  });

  it('is legitimate while a young build request is there', () => {
    const asked = {
      ...homeless({ vmState: 'error', createdAt: daysAgo(3) }),
      buildRequestedAt: minutesAgo(5),
    };
    expectVerdict('legitimate', instanceWithoutHost, asked, scene());
  });

  it('is no delete that is under way when something else changed it a short time ago', () => {
    const changed = homeless({ vmState: 'error', updatedAt: minutesAgo(2) });
    const { missing } = found(instanceWithoutHost, changed, scene());
    assert.ok(!missing.some((line) => line.includes('it is being deleted')), missing.join());
  });

  it('is legitimate as an ERROR of the last minutes: its owner still looks at it', () => {
    const young = homeless({ vmState: 'error', createdAt: minutesAgo(2) });
    expectMissing(/may still be built/, expectVerdict('legitimate', instanceWithoutHost, young, scene()));
    assert.equal(instanceWithoutHost.candidate(glimpseOf(young), scene()), false);
  });

  it('is legitimate when it is shelved and offloaded', () => {
    const shelved = homeless({ vmState: 'shelved_offloaded' });
    expectMissing(/shelved/, expectVerdict('legitimate', instanceWithoutHost, shelved, scene()));
    assert.equal(instanceWithoutHost.candidate(glimpseOf(shelved), scene()), false);
  });

  it('is legitimate when it is soft-deleted', () => {
    expectVerdict('legitimate', instanceWithoutHost, homeless({ vmState: 'soft-delete' }), scene());
  });

  it('is confirmed when it is deleted and its row is live', () => {
    for (const facts of [{ vmState: 'deleted' }, { vmState: 'shelved_offloaded', taskState: 'deleting' }]) {
      const { remedy, why } = expectVerdict('confirmed', instanceWithoutHost, homeless(facts), scene());
      assert.equal(remedy.wanted, true);
      assert.match(why, /deleted, or was to be, names no host/);
    }
  });

  it('is confirmed when it was deleted while it was built, and hangs since', () => {
    const facts = { vmState: 'deleted', createdAt: minutesAgo(50), updatedAt: minutesAgo(40) };
    expectVerdict('confirmed', instanceWithoutHost, homeless(facts), scene());
  });

  it('is a candidate by an old row, or a young one that is being deleted, and never by a hidden one', () => {
    const seen = (facts: Partial<InstanceRow>): boolean =>
      instanceWithoutHost.candidate(glimpseOf(homeless(facts)), scene());
    assert.equal(seen({ vmState: 'error' }), true);
    assert.equal(seen({ vmState: 'deleted', createdAt: minutesAgo(50) }), true);
    assert.equal(seen({ vmState: 'error', createdAt: minutesAgo(50) }), false);
    assert.equal(seen({ vmState: 'error', hidden: true }), false);
  });

  it('is legitimate while its delete is young', () => {
    expectVerdict(
      'legitimate',
      instanceWithoutHost,
      homeless({ vmState: 'deleted', updatedAt: minutesAgo(2) }),
      scene(),
    );
  });

  it('is confirmed as an ERROR whose delete failed', () => {
    const failed = {
      ...homeless({ vmState: 'error', updatedAt: daysAgo(5) }),
      deleteActions: [deleteAction(daysAgo(5))],
    };
    expectVerdict('confirmed', instanceWithoutHost, failed, scene());
  });

  it('is unknown in a state in which Nova leaves no row without a host', () => {
    for (const vmState of ['active', 'stopped', null]) {
      expectMissing(
        /find out what it was/,
        expectVerdict('unknown', instanceWithoutHost, homeless({ vmState }), scene()),
      );
    }
  });

  it('is unknown when a domain or a directory of it is on a host', () => {
    for (const facts of [{ domains: [domain()] }, { directories: [directory()] }]) {
      const lost = { ...homeless({ vmState: 'error' }), ...facts };
      expectMissing(/on compute-01/, expectVerdict('unknown', instanceWithoutHost, lost, scene()));
    }
  });

  it('is suspected when it is deleted and its domain is still on a host', () => {
    const left = { ...homeless({ vmState: 'deleted' }), domains: [domain()] };
    assert.deepEqual(
      expectVerdict('suspected', instanceWithoutHost, left, scene()).remedy.domains,
      left.domains,
    );
  });

  it('leaves builds to the kinds that are about them, unless they are being deleted', () => {
    const building = { vmState: 'building', taskState: 'scheduling' };
    expectNone(/it is a build: vm_state building/, instanceWithoutHost, homeless(building), scene());
    assert.equal(instanceWithoutHost.candidate(glimpseOf(homeless(building)), scene()), false);
    const failed = homeless({ cell: cell0Uuid, vmState: 'error' });
    expectNone(/it is a build: vm_state error/, instanceWithoutHost, failed, scene());
    for (const facts of [
      { ...building, taskState: 'deleting' },
      { cell: cell0Uuid, vmState: 'error', taskState: 'deleting' },
    ]) {
      expectVerdict('confirmed', instanceWithoutHost, homeless(facts), scene());
    }
  });

  it('is not found with a host, and without a live row', () => {
    expectNone(/names its host/, instanceWithoutHost, dossier({ rows: [row()] }), scene());
    expectNone(/no live row/, instanceWithoutHost, dossier({ rows: [deletedRow({ host: null })] }), scene());
  });
});
