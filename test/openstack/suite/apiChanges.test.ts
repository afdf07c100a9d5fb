import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { OpenStackApi } from '../../../src/cloud/openstack/openStackApi';
import { waitFor } from '../../cloud/ports';
import { expectError } from '../../integration/cloud/expectError';
import { newVolume, openApi, settingsOf } from '../openApi';
import type { OpenStack } from '../openstack';
import { sharedOpenStack } from '../sharedOpenStack';

const nobody = '8f0c6a5e-0000-4000-8000-000000000001';

describe('changes by the APIs of a real OpenStack', () => {
  const log: string[] = [];
  let cloud: OpenStack;
  let api: OpenStackApi;
  let id: string;

  before(async () => {
    cloud = await sharedOpenStack();
    api = await openApi(settingsOf(cloud, cloud.admin), log);
    ({ id } = await cloud.createInstance({ name: 'to-be-changed', host: 'compute-12' }));
  });

  after(async () => {
    await cloud.deleteInstance(id);
    api.close();
  });

  async function untilState(vmState: string): Promise<void> {
    await waitFor(`${id} is ${vmState}`, 60, async () => {
      const server = await api.compute.server(id);
      return server?.vmState === vmState && server.taskState === undefined;
    });
  }

  it('stop, start, reboot and reset a server', async () => {
    await api.compute.act(id, 'stop');
    await untilState('stopped');
    await expectError('conflict', api.compute.act(id, 'stop'));
    await api.compute.act(id, 'start');
    await untilState('active');
    await api.compute.act(id, 'hardReboot');
    await untilState('active');
    await api.compute.act(id, 'resetToError');
    assert.equal((await api.compute.server(id))?.vmState, 'error');
    await api.compute.act(id, 'resetToActive');
    assert.equal((await api.compute.server(id))?.vmState, 'active');
    const { items, complete } = await api.compute.instanceActions(id);
    assert.ok(complete);
    assert.deepEqual(
      items.map(({ action }) => action),
      ['resetState', 'resetState', 'reboot', 'start', 'stop', 'create'],
    );
  });

  it('delete and force-delete a server, and still tell what was asked', async () => {
    const made = await Promise.all(['one', 'two'].map((name) => cloud.createInstance({ name, port: false })));
    const [one, two] = made.map((each) => each.id);
    assert.ok(one && two);
    await api.compute.deleteServer(one);
    await api.compute.act(two, 'forceDelete');
    for (const each of [one, two])
      await waitFor(`${each} is gone`, 60, async () => (await api.compute.server(each)) === undefined);
    const deleted = await api.compute.servers({ deleted: true });
    assert.ok(deleted.complete);
    for (const each of [one, two]) assert.ok(deleted.items.some((server) => server.id === each));
    assert.ok(!deleted.items.some((server) => server.id === id));
    assert.equal((await api.compute.instanceActions(one)).items[0]?.action, 'delete');
    await expectError('not-found', api.compute.deleteServer(one));
  });

  it('take allocations as they were read, one provider or all', async () => {
    const { placement } = api;
    const { items: providers } = await placement.resourceProviders();
    const [first, second] = providers.map(({ uuid }) => uuid);
    assert.ok(first && second);
    const owner = (await placement.allocations(id)).owner ?? assert.fail();
    const consumer = randomUUID();
    const hold = (VCPU: number, generation: number | null): Promise<unknown> =>
      cloud.session.must('placement', 'PUT', `/allocations/${consumer}`, {
        allocations: {
          [first]: { resources: { VCPU } },
          [second]: { resources: { VCPU: 1, MEMORY_MB: 64 } },
        },
        consumer_generation: generation,
        project_id: owner.projectId,
        user_id: owner.userId,
      });
    const before = (await placement.usages(first)).VCPU ?? 0;
    await hold(1, null);
    const read = await placement.allocations(consumer);
    assert.deepEqual(read.providers.get(second), { VCPU: 1, MEMORY_MB: 64 });
    assert.ok((await placement.consumers(first)).some((each) => each.consumer === consumer));

    // somebody changes what is held at the first provider: neither call touches it
    await hold(2, read.owner?.generation ?? null);
    await expectError('conflict', placement.unsetProvider(read, first));
    await expectError('conflict', placement.deleteAllocations(read));
    assert.equal((await placement.allocations(consumer)).providers.size, 2);

    // what is held at the second is as it was read, though the consumer changed
    await placement.unsetProvider(read, second);
    const rest = await placement.allocations(consumer);
    assert.deepEqual([...rest.providers], [[first, { VCPU: 2 }]]);
    assert.equal((await placement.usages(first)).VCPU, before + 2);
    await placement.deleteAllocations(rest);
    assert.equal((await placement.allocations(consumer)).owner, undefined);
    assert.equal((await placement.usages(first)).VCPU ?? 0, before);
  });

  it('take the allocations of several consumers at once, and leave the one that changed', async () => {
    const { placement } = api;
    const [provider] = (await placement.resourceProviders()).items;
    const projectId = await cloud.session.projectId();
    const hold = (consumer: string, VCPU: number, generation: number | null): Promise<unknown> =>
      cloud.session.must('placement', 'PUT', `/allocations/${consumer}`, {
        allocations: { [provider?.uuid ?? '']: { resources: { VCPU } } },
        consumer_generation: generation,
        ...{ project_id: projectId, user_id: projectId },
      });
    const consumers = Array.from({ length: 4 }, () => randomUUID());
    for (const consumer of consumers) await hold(consumer, 1, null);
    const read = await Promise.all(consumers.map((consumer) => placement.allocations(consumer)));
    const changed = consumers[2] ?? '';
    await hold(changed, 2, read[2]?.owner?.generation ?? null);

    const ended = await Promise.allSettled(read.map((each) => placement.deleteAllocations(each)));
    assert.deepEqual(
      ended.map(({ status }) => status),
      ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
    );
    const left = await Promise.all(consumers.map((consumer) => placement.allocations(consumer)));
    assert.deepEqual(
      left.map(({ providers }) => providers.size),
      [0, 0, 1, 0],
    );
    await placement.deleteAllocations(left[2] ?? assert.fail());
  });

  it('free a port and delete it, only as it was read', async () => {
    const { port: made } = await cloud.session.must<{ port: { id: string } }>(
      'network',
      'POST',
      '/v2.0/ports',
      {
        port: {
          network_id: cloud.resources.network,
          device_id: nobody,
          device_owner: 'compute:nova',
          'binding:host_id': 'compute-11',
        },
      },
    );
    const of = await api.network.ports({ deviceId: nobody });
    assert.deepEqual([of.complete, of.items.length, of.items[0]?.host], [true, 1, 'compute-11']);
    const read = of.items[0] ?? assert.fail();
    await cloud.session.must('network', 'PUT', `/v2.0/ports/${made.id}`, { port: { name: 'mine' } });
    await expectError('conflict', api.network.unsetDevice(read));
    await expectError('conflict', api.network.deletePort(read));
    const again = (await api.network.port(made.id)) ?? assert.fail();
    assert.equal(again.name, 'mine');
    await api.network.unsetDevice(again);
    const free = (await api.network.port(made.id)) ?? assert.fail();
    assert.deepEqual([free.deviceId, free.deviceOwner, free.host ?? ''], ['', '', '']);
    await api.network.deletePort(free);
    assert.equal(await api.network.port(made.id), undefined);
    await expectError('not-found', api.network.deletePort(free));
  });

  it('remove an attachment and reset a volume', async () => {
    const volume = await newVolume(cloud, api, 'one');
    const gone = randomUUID();
    await cloud.session.must('volumev3', 'POST', '/attachments', {
      attachment: { instance_uuid: gone, volume_uuid: volume },
    });
    assert.equal((await api.blockStorage.volume(volume))?.status, 'reserved');
    const [attachment] = (await api.blockStorage.attachments(gone)).items;
    await api.blockStorage.deleteAttachment(attachment?.id ?? '');
    assert.deepEqual((await api.blockStorage.attachments(gone)).items, []);
    assert.equal((await api.blockStorage.volume(volume))?.status, 'available');
    await api.blockStorage.resetVolume(volume, 'error');
    assert.equal((await api.blockStorage.volume(volume))?.status, 'error');
    await api.blockStorage.resetVolume(volume, 'available');
    assert.equal((await api.blockStorage.volume(volume))?.status, 'available');
    await cloud.session.must('volumev3', 'DELETE', `/volumes/${volume}`);
  });

  it('are in the log, without a secret', () => {
    const text = log.join('\n');
    assert.match(text, new RegExp(`zed: compute POST /servers/${id}/action: 202`));
    for (const secret of ['gAAAA', cloud.admin.password]) assert.ok(!text.includes(secret));
  });
});
