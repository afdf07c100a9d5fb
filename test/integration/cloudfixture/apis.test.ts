import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openOpenStack } from '../../../src/cloud/openstack/openStackAccess';
import type { OpenStackApi } from '../../../src/cloud/openstack/openStackApi';
import { startCloud, type DemoCloud } from '../../cloud/demoCloud';
import { cloudAt } from '../cloud/openstack/openScripted';

describe('the APIs of the demo cloud', function () {
  this.timeout(120_000);
  const directory = mkdtempSync(join(tmpdir(), 'zombies-apis-'));
  let cloud: DemoCloud;
  let api: OpenStackApi;

  before(async () => {
    cloud = await startCloud({ directory, hosts: false, apis: true });
    api = await open(cloud, password(cloud));
  });

  beforeEach(() => cloud.reset());

  after(async () => {
    api.close();
    await cloud.stop();
    rmSync(directory, { recursive: true });
  });

  it('let nobody in without the password of the clouds.yaml in its folder', async () => {
    assert.equal(cloud.apis?.cloudsFile, join(directory, 'clouds.yaml'));
    assert.match(readFileSync(cloud.apis.cloudsFile, 'utf8'), new RegExp(`password: ${password(cloud)}`));
    await assert.rejects(open(cloud, 'wrong'), { code: 'refused-login' });
    const answer = await fetch(cloud.apis.authUrl.replace('/v3', '/compute/v2.1/servers/detail'));
    assert.equal(answer.status, 401);
  });

  it('list every live server of every cell, page by page, and no hidden copy', async () => {
    const { items, complete } = await api.compute.servers();
    assert.ok(complete);
    const rows: string[] = [];
    for (const cell of ['nova_cell0', 'nova_cell1', 'nova_cell2'])
      rows.push(
        ...(await column(cloud, 'SELECT uuid FROM instances WHERE deleted = 0 AND hidden = 0', cell)),
      );
    assert.ok(rows.length > 60);
    assert.deepEqual(items.map(({ id }) => id).sort(), [...new Set(rows)].sort());
  });

  it('know a server by its mapping or its build request, and no other', async () => {
    const stuck = uuidOf(cloud, 'stuck-clean');
    const server = await api.compute.server(stuck);
    assert.equal(server?.taskState, 'deleting');
    assert.equal(server.host, 'compute-02');
    assert.equal((await api.compute.server(uuidOf(cloud, 'build-requested')))?.status, 'BUILD');
    assert.equal(await api.compute.server(uuidOf(cloud, 'deleted-still-running')), undefined);
    await cloud.sql(`DELETE FROM instance_mappings WHERE instance_uuid = '${stuck}'`, 'nova_api');
    assert.equal(await api.compute.server(stuck), undefined);
  });

  it('show compute services as they were planted, and the nodes of each', async () => {
    const services = await api.compute.services();
    assert.ok(services.complete);
    const computes = services.items.filter(({ binary }) => binary === 'nova-compute');
    assert.equal(computes.find(({ host }) => host === 'compute-01')?.state, 'up');
    assert.equal(computes.find(({ host }) => host === 'compute-04')?.state, 'down');
    const nodes = await api.compute.hypervisors();
    assert.ok(nodes.complete);
    const rows = await column(cloud, 'SELECT uuid FROM compute_nodes', 'nova_cell1');
    assert.ok(rows.every((uuid) => nodes.items.some(({ id }) => id === uuid)));
  });

  it('have a port in Neutron for every cached port of a live instance, in pages', async () => {
    const { items, complete } = await api.network.ports();
    assert.ok(complete && items.length > 60);
    const live = uuidOf(cloud, 'shelved');
    const own = await api.network.ports({ deviceId: live });
    const [cache = ''] = await column(
      cloud,
      `SELECT network_info FROM instance_info_caches WHERE instance_uuid = '${live}'`,
      'nova_cell1',
    );
    const cached = (JSON.parse(cache) as { id: string }[]).map(({ id }) => id);
    assert.deepEqual(
      own.items.map(({ id }) => id),
      cached,
    );
    assert.deepEqual([own.items[0]?.deviceOwner, own.items[0]?.host], ['compute:nova', 'compute-02']);
  });

  it('delete a port as it was read, and refuse one that changed since', async () => {
    const [port] = (await api.network.ports({ deviceId: uuidOf(cloud, 'shelved') })).items;
    assert.ok(port?.revision !== undefined);
    await assert.rejects(api.network.deletePort({ ...port, revision: port.revision - 1 }), {
      code: 'conflict',
    });
    await api.network.unsetDevice(port);
    const free = await api.network.port(port.id);
    assert.equal(free?.deviceId, '');
    await api.network.deletePort(free);
    assert.equal(await api.network.port(port.id), undefined);
  });

  it('have the volume of every live block device in Cinder, and its attachment', async () => {
    const volumes = await api.blockStorage.volumes();
    const attachments = await api.blockStorage.attachments();
    assert.ok(volumes.complete && attachments.complete);
    const server = uuidOf(cloud, 'stuck-with-port');
    const [attachment] = (await api.blockStorage.attachments(server)).items;
    assert.ok(attachment);
    assert.ok(attachments.items.some(({ id }) => id === attachment.id));
    const volume = volumes.items.find(({ id }) => id === attachment.volumeId);
    assert.deepEqual(
      volume?.attachments.map(({ serverId }) => serverId),
      [server],
    );
    assert.equal((await api.blockStorage.volume(attachment.volumeId))?.status, 'in-use');
  });

  it('keep an attachment while Nova says that the server has the volume', async () => {
    const server = uuidOf(cloud, 'stuck-with-port');
    const [attachment] = (await api.blockStorage.attachments(server)).items;
    assert.ok(attachment);
    await assert.rejects(api.blockStorage.deleteAttachment(attachment.id), { code: 'conflict' });
    await cloud.sql(`UPDATE instances SET deleted = id WHERE uuid = '${server}'`, 'nova_cell2');
    await api.blockStorage.deleteAttachment(attachment.id);
    assert.deepEqual((await api.blockStorage.attachments(server)).items, []);
    assert.equal((await api.blockStorage.volume(attachment.volumeId))?.status, 'available');
  });

  it("answer from Placement's database, and change it", async () => {
    const consumer = uuidOf(cloud, 'migrated-row-behind');
    const held = await api.placement.allocations(consumer);
    const [provider = ''] = held.providers.keys();
    const known = await api.placement.resourceProviders();
    assert.equal(known.items.find(({ uuid }) => uuid === provider)?.name, 'compute-02');
    assert.ok((await api.placement.consumers(provider)).some((each) => each.consumer === consumer));
    await assert.rejects(
      api.placement.deleteAllocations({ ...held, owner: { generation: 7, projectId: 'x', userId: 'x' } }),
      { code: 'conflict' },
    );
    await api.placement.unsetProvider(held, provider);
    assert.deepEqual(
      await column(cloud, `SELECT id FROM allocations WHERE consumer_id = '${consumer}'`, 'placement'),
      [],
    );
    assert.equal((await api.placement.allocations(consumer)).providers.size, 0);
  });

  it('know every project but the one that was deleted', async () => {
    const { items, complete } = await api.identity.projects();
    assert.ok(complete);
    assert.ok(items.some(({ name, enabled }) => name === 'asleep' && !enabled));
    assert.equal(await api.identity.project('0'.repeat(32)), undefined);
    assert.equal((await api.identity.project(items[0]?.id ?? ''))?.name, 'shop');
  });

  it('delete a server as Nova does: rows, port, attachment and allocations', async () => {
    const id = uuidOf(cloud, 'stuck-with-port');
    await api.compute.deleteServer(id);
    assert.equal((await api.compute.server(id))?.taskState, 'deleting', 'a second delete is ignored');
    await api.compute.act(id, 'resetToError');
    assert.deepEqual(
      await cloud.sql(`SELECT vm_state, task_state FROM instances WHERE uuid = '${id}'`, 'nova_cell2'),
      [['error', 'NULL']],
    );
    await api.compute.deleteServer(id);
    await gone(api, id);
    const [row] = await cloud.sql(
      `SELECT deleted = id, deleted_at IS NOT NULL, vm_state FROM instances WHERE uuid = '${id}'`,
      'nova_cell2',
    );
    assert.deepEqual(row, ['1', '1', 'deleted']);
    assert.equal((await api.network.ports({ deviceId: id })).items.length, 0);
    assert.equal((await api.blockStorage.attachments(id)).items.length, 0);
    assert.equal((await api.placement.allocations(id)).providers.size, 0);
    assert.deepEqual(
      await column(
        cloud,
        `SELECT queued_for_delete FROM instance_mappings WHERE instance_uuid = '${id}'`,
        'nova_api',
      ),
      ['1'],
    );
  });

  it('come back to what was planted', async () => {
    const now = new Date();
    await cloud.reset(now);
    const [port] = (await api.network.ports()).items;
    assert.ok(port);
    await api.network.deletePort(port);
    await cloud.reset(now);
    assert.deepEqual(await api.network.port(port.id), port);
  });
});

function password(cloud: DemoCloud): string {
  return cloud.apis?.password ?? '';
}

function open(cloud: DemoCloud, secret: string): Promise<OpenStackApi> {
  const user = { name: 'admin', domain: { name: 'Default' } };
  const own = { login: { by: 'password', user, secret } } as const;
  const ignore = (): void => undefined;
  return openOpenStack(cloudAt(cloud.apis?.authUrl ?? '', own), {
    logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    clock: { now: () => new Date() },
  });
}

function uuidOf(cloud: DemoCloud, name: string): string {
  const found = cloud.planted.find((planted) => planted.name === name);
  assert.ok(found, name);
  return found.uuid;
}

async function column(cloud: DemoCloud, sql: string, database: string): Promise<string[]> {
  return (await cloud.sql(sql, database)).map(([value = '']) => value);
}

async function gone(api: OpenStackApi, id: string): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    if ((await api.compute.server(id)) === undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`${id} is still there`);
}
