import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '../../cloud/ports';
import { runPlainly } from '../commands';
import { computeOf, type OpenStack } from '../openstack';
import { Session } from '../session';
import { sharedOpenStack } from '../sharedOpenStack';

describe('the OpenStack', () => {
  let cloud: OpenStack;

  before(async () => {
    cloud = await sharedOpenStack();
  });

  it('gives a token whose catalogue has all services', async () => {
    const types = (await cloud.session.catalogue()).map(({ type }) => type);
    assert.deepEqual(types.sort(), ['compute', 'identity', 'image', 'network', 'placement', 'volumev3']);
  });

  it('refuses a wrong password', async () => {
    const stranger = new Session(cloud.authUrl, { ...cloud.admin, password: 'wrong' });
    await assert.rejects(stranger.catalogue(), /401/);
  });

  for (const [type, path] of [
    ['identity', '/projects'],
    ['placement', '/resource_providers'],
    ['image', '/v2/images'],
    ['network', '/v2.0/networks'],
    ['volumev3', '/volumes'],
    ['compute', '/servers'],
  ] as const) {
    it(`answers ${path} of ${type}`, async () => {
      assert.equal((await cloud.session.ask(type, 'GET', path)).status, 200);
    });
  }

  it('knows a tenant who is nobody’s administrator', async () => {
    const tenant = new Session(cloud.authUrl, cloud.tenant);
    assert.equal((await tenant.ask('compute', 'GET', '/servers')).status, 200);
    assert.equal((await tenant.ask('compute', 'GET', '/os-services')).status, 403);
  });

  it('lists cell0 and the cells', async () => {
    const { stdout, code } = await cloud.novaManage(['cell_v2', 'list_cells']);
    assert.equal(code, 0);
    for (const name of ['cell0', 'cell1', 'cell2']) assert.match(stdout, new RegExp(`\\| +${name} `));
  });

  it('passes its own upgrade check', async () => {
    const { stdout, code } = await cloud.novaStatus(['upgrade', 'check']);
    assert.equal(code, 0, stdout);
  });

  it('has every host up', async () => {
    const { services } = await cloud.session.must<{
      services: { host: string; binary: string; state: string }[];
    }>('compute', 'GET', '/os-services?binary=nova-compute');
    assert.deepEqual(
      services.map(({ host, state }) => `${host} ${state}`).sort(),
      cloud.hosts.map(({ name }) => `${name} up`),
    );
  });

  it('creates an instance in each cell and deletes it', async () => {
    for (const host of ['compute-11', 'compute-21']) {
      const instance = await cloud.createInstance({ name: `on-${host}`, host });
      assert.deepEqual([instance.status, instance.host], ['ACTIVE', host]);
      assert.equal(await allocationsOf(instance.id), 1);
      assert.equal(await portsOf(instance.id), 1);
      await cloud.deleteInstance(instance.id);
      assert.equal(await cloud.readInstance(instance.id), undefined);
      assert.equal(await allocationsOf(instance.id), 0);
      assert.equal(await portsOf(instance.id), 0);
    }
  });

  it('lets the scheduler choose a host', async () => {
    const instance = await cloud.createInstance({ name: 'anywhere', port: false });
    assert.equal(instance.status, 'ACTIVE');
    await cloud.deleteInstance(instance.id);
  });

  it('attaches a volume to an instance, and frees it when the instance is deleted', async () => {
    const { volume } = await cloud.session.must<{ volume: { id: string } }>('volumev3', 'POST', '/volumes', {
      volume: { name: 'disk', size: 1 },
    });
    await waitForVolume(volume.id, 'available');
    const instance = await cloud.createInstance({ name: 'with-volume', port: false });
    await cloud.session.must('compute', 'POST', `/servers/${instance.id}/os-volume_attachments`, {
      volumeAttachment: { volumeId: volume.id },
    });
    await waitForVolume(volume.id, 'in-use');
    await cloud.deleteInstance(instance.id);
    await waitForVolume(volume.id, 'available');
    await cloud.session.must('volumev3', 'DELETE', `/volumes/${volume.id}`);
  });

  it('is reached by the openstack client with a clouds.yaml', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'zombies-clouds-'));
    const file = join(folder, 'clouds.yaml');
    cloud.writeCloudsYaml(file, { cloud: 'here' });
    const { stdout, stderr } = await runPlainly('/usr/bin/openstack', ['hypervisor', 'list', '-f', 'value'], {
      OS_CLIENT_CONFIG_FILE: file,
      OS_CLOUD: 'here',
    });
    rmSync(folder, { recursive: true });
    for (const { name } of cloud.hosts) assert.ok(stdout.includes(name), stderr);
  });

  it('can lose a host and get it back', async () => {
    const server = computeOf('compute-12');
    await cloud.kill(server);
    await waitForState('down');
    await cloud.start(server);
    await waitForState('up');
  });

  it('can stop Placement and start it again', async () => {
    await cloud.stopServer('placement');
    await assert.rejects(cloud.session.ask('placement', 'GET', '/resource_providers'));
    await cloud.start('placement');
    assert.equal((await cloud.session.ask('placement', 'GET', '/resource_providers')).status, 200);
  });

  async function allocationsOf(id: string): Promise<number> {
    const { allocations } = await cloud.session.must<{ allocations: object }>(
      'placement',
      'GET',
      `/allocations/${id}`,
    );
    return Object.keys(allocations).length;
  }

  async function portsOf(id: string): Promise<number> {
    const { ports } = await cloud.session.must<{ ports: unknown[] }>(
      'network',
      'GET',
      `/v2.0/ports?device_id=${id}`,
    );
    return ports.length;
  }

  async function waitForState(wanted: string): Promise<void> {
    await waitFor(`compute-12 to be ${wanted}`, 90, async () => {
      const { services } = await cloud.session.must<{ services: { state: string }[] }>(
        'compute',
        'GET',
        '/os-services?host=compute-12',
      );
      return services[0]?.state === wanted;
    });
  }

  async function waitForVolume(id: string, wanted: string): Promise<void> {
    await waitFor(`the volume to be ${wanted}`, 90, async () => {
      const path = `/volumes/${id}`;
      const { volume } = await cloud.session.must<{ volume: { status: string } }>('volumev3', 'GET', path);
      return volume.status === wanted;
    });
  }
});
