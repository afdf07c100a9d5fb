import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Listing } from '../../../src/cloud/openstack/listing';
import type { OpenStackApi } from '../../../src/cloud/openstack/openStackApi';
import type { Login } from '../../../src/cloud/openstack/openStackCloud';
import { expectError } from '../../integration/cloud/expectError';
import { loggingIn, newVolume, openApi, settingsOf } from '../openApi';
import type { Instance, OpenStack } from '../openstack';
import { sharedOpenStack } from '../sharedOpenStack';
import { withSmallPages } from '../smallPages';

const nobody = '8f0c6a5e-0000-4000-8000-000000000001';

describe('the APIs of a real OpenStack', () => {
  const log: string[] = [];
  let cloud: OpenStack;
  let api: OpenStackApi;
  let widen: () => Promise<void>;
  let instances: Instance[];

  before(async () => {
    cloud = await sharedOpenStack();
    widen = await withSmallPages(cloud);
    api = await openApi(settingsOf(cloud, cloud.admin), log);
    const hosts = ['compute-11', 'compute-11', 'compute-21'];
    instances = await Promise.all(hosts.map((host) => cloud.createInstance({ name: `on-${host}`, host })));
  });

  after(async () => {
    await Promise.all(instances.map(({ id }) => cloud.deleteInstance(id)));
    api.close();
    await widen();
  });

  function idOf(index: number): string {
    return instances[index]?.id ?? assert.fail();
  }

  /** All of `ids` are in the list, which is complete, and has more than fits on one page. */
  function assertHolds(listing: Listing<unknown>, ids: readonly string[], read: readonly string[]): void {
    assert.deepEqual([listing.complete, listing.gap], [true, undefined]);
    for (const id of ids) assert.ok(read.includes(id), `${id} is not among ${read.join(' ')}`);
    assert.ok(read.length > 2);
    assert.equal(new Set(read).size, read.length);
  }

  async function userId(): Promise<string> {
    const path = `/users?name=${cloud.admin.user}`;
    const { users } = await cloud.session.must<{ users: { id: string }[] }>('identity', 'GET', path);
    return users[0]?.id ?? assert.fail();
  }

  it('take a password, an application credential and a token', async () => {
    const settings = settingsOf(cloud, cloud.admin);
    const id = await userId();
    const { application_credential: made } = await cloud.session.must<{
      application_credential: { id: string; name: string; secret: string };
    }>('identity', 'POST', `/users/${id}/application_credentials`, {
      application_credential: { name: `zombies-${randomUUID()}` },
    });
    const token = await tokenOf(cloud);
    const logins: Login[] = [
      { by: 'application-credential', credential: { id: made.id }, secret: made.secret },
      {
        by: 'application-credential',
        credential: { name: made.name, user: { name: 'admin', domain: { id: 'default' } } },
        secret: made.secret,
      },
      { by: 'token', secret: token },
    ];
    for (const cloudSettings of [
      settings,
      ...logins.map((login) => loggingIn(settings, login)),
      { ...settings, login: { by: 'token', secret: token } as const },
    ]) {
      const other = await openApi(cloudSettings, log);
      assert.equal((await other.compute.server(idOf(0)))?.name, 'on-compute-11');
      other.close();
    }
  });

  it('refuse a wrong password, secret and token', async () => {
    const settings = settingsOf(cloud, cloud.admin);
    const secret = 'not-the-one';
    for (const wrong of [
      settingsOf(cloud, { ...cloud.admin, password: secret }),
      loggingIn(settings, { by: 'application-credential', credential: { id: nobody }, secret }),
      loggingIn(settings, { by: 'token', secret }),
      { ...settings, login: { by: 'token', secret } as const },
    ]) {
      await expectError('refused-login', openApi(wrong, log), secret);
    }
  });

  it('say what is wrong with the address of Keystone', async () => {
    const settings = settingsOf(cloud, cloud.admin);
    const authUrl = cloud.authUrl.replace(/\/v3$/, '/v2.0');
    const error = await expectError(
      'bad-answer',
      openApi({ ...settings, authUrl }, log),
      cloud.admin.password,
    );
    assert.match(error.action, /v2\.0\/v3/);
  });

  it('list servers over pages and cells', async () => {
    const servers = await api.compute.servers();
    const ids = servers.items.map(({ id }) => id);
    assertHolds(servers, [idOf(0), idOf(1), idOf(2)], ids);
    const mine = servers.items.find(({ id }) => id === idOf(2));
    assert.deepEqual(
      [mine?.host, mine?.vmState, mine?.powerState, mine?.locked],
      ['compute-21', 'active', 1, false],
    );
    const there = await api.compute.servers({ host: 'compute-21' });
    assert.ok(there.complete);
    assert.ok(there.items.some(({ id }) => id === idOf(2)));
    assert.deepEqual([...new Set(there.items.map(({ host }) => host))], ['compute-21']);
  });

  it('list services, hypervisors, migrations and projects', async () => {
    const services = await api.compute.services();
    assert.ok(services.complete);
    const computes = services.items.filter(({ binary }) => binary === 'nova-compute');
    assert.deepEqual(
      computes.map(({ host, state, disabled }) => `${host} ${state} ${disabled}`).sort(),
      cloud.hosts.map(({ name }) => `${name} up false`),
    );
    const hypervisors = await api.compute.hypervisors();
    assertHolds(
      hypervisors,
      cloud.hosts.map(({ name }) => name),
      hypervisors.items.map(({ host }) => host),
    );
    assert.ok(hypervisors.items.every(({ address }) => address === '127.0.0.1'));
    assert.equal((await api.compute.migrations()).complete, true);
    const projects = await api.identity.projects();
    assert.ok(projects.complete);
    const [admin] = projects.items.filter(({ name }) => name === 'admin');
    assert.deepEqual(await api.identity.project(admin?.id ?? ''), admin);
    assert.equal(await api.identity.project(nobody.replaceAll('-', '')), undefined);
  });

  it('tell an absence from not knowing', async () => {
    assert.equal(await api.compute.server(nobody), undefined);
    assert.equal(await api.network.port(nobody), undefined);
    assert.equal(await api.blockStorage.volume(nobody), undefined);
    assert.equal((await api.placement.allocations(nobody)).providers.size, 0);
    const tables = ['instances', 'services'];
    const rename = (from: string, to: string): Promise<unknown> =>
      cloud.database.sql(
        `RENAME TABLE ${tables.map((table) => `nova_cell2.${table}${from} TO nova_cell2.${table}${to}`).join(', ')}`,
      );
    await rename('', '_away');
    try {
      await expectError('command-failed', api.compute.server(idOf(2)));
      assert.equal((await api.compute.server(idOf(0)))?.name, 'on-compute-11');
      const services = await api.compute.services();
      assert.match(services.gap?.message ?? '', /compute-21/);
      assert.equal((await api.compute.servers({ host: 'compute-11' })).complete, false);
      assert.equal((await api.compute.migrations()).gap?.code, 'unreachable');
    } finally {
      await rename('_away', '');
    }
    assert.equal((await api.compute.server(idOf(2)))?.host, 'compute-21');
  });

  it('show a tenant nothing that proves an absence', async () => {
    const tenant = await openApi(settingsOf(cloud, cloud.tenant), log);
    await expectError('permission-denied', tenant.compute.server(idOf(0)));
    await expectError('permission-denied', tenant.network.port(nobody));
    await expectError('permission-denied', tenant.blockStorage.volume(nobody));
    await expectError('permission-denied', tenant.identity.project(nobody));
    await expectError('permission-denied', tenant.placement.allocations(idOf(0)));
    for (const listing of [
      await tenant.compute.servers(),
      await tenant.compute.services(),
      await tenant.network.ports(),
      await tenant.blockStorage.volumes(),
      await tenant.blockStorage.attachments(),
      await tenant.identity.projects(),
      await tenant.placement.resourceProviders(),
    ]) {
      assert.equal(listing.gap?.code, 'permission-denied');
    }
    tenant.close();
  });

  it('list ports over pages', async () => {
    const ports = await api.network.ports();
    assertHolds(
      ports,
      [idOf(0), idOf(1), idOf(2)],
      ports.items.map(({ deviceId }) => deviceId).filter((device) => device !== ''),
    );
  });

  it('list volumes and attachments over pages', async () => {
    const volumes = await Promise.all(['a', 'b', 'c'].map((name) => newVolume(cloud, api, name)));
    const gone = randomUUID();
    for (const volume of volumes) {
      await cloud.session.must('volumev3', 'POST', '/attachments', {
        attachment: { instance_uuid: gone, volume_uuid: volume },
      });
    }
    const all = await api.blockStorage.volumes();
    assertHolds(
      all,
      volumes,
      all.items.map(({ id }) => id),
    );
    const attachments = await api.blockStorage.attachments(gone);
    assertHolds(
      attachments,
      volumes,
      attachments.items.map(({ volumeId }) => volumeId),
    );
    assert.ok(attachments.items.every(({ serverId, status }) => serverId === gone && status === 'reserved'));
    await Promise.all(attachments.items.map(({ id }) => api.blockStorage.deleteAttachment(id)));
    await Promise.all(
      volumes.map((volume) => cloud.session.must('volumev3', 'DELETE', `/volumes/${volume}`)),
    );
  });

  it('say that a service is away', async () => {
    await cloud.stopServer('placement');
    const failing = expectError('unreachable', api.placement.allocations(idOf(0)));
    await failing.finally(() => cloud.start('placement'));
    assert.equal((await api.placement.allocations(idOf(0))).providers.size, 1);
  });

  it('leave no secret in the log', () => {
    const text = log.join('\n');
    assert.match(text, /zed: logged in at Keystone as admin@http:/);
    for (const secret of ['gAAAA', cloud.admin.password, cloud.tenant.password])
      assert.ok(!text.includes(secret));
  });
});

/** A token of the administrator, asked for without the product. */
async function tokenOf({ authUrl, admin }: OpenStack): Promise<string> {
  const { user, password, project } = admin;
  const domain = { id: 'default' };
  const answer = await fetch(`${authUrl}/auth/tokens`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      auth: {
        identity: { methods: ['password'], password: { user: { name: user, domain, password } } },
        scope: { project: { name: project, domain } },
      },
    }),
  });
  return answer.headers.get('X-Subject-Token') ?? assert.fail();
}
