import assert from 'node:assert/strict';
import { openScripted, type Scripted } from './openScripted';

const ips = 'GET /network/v2.0/floatingips';

describe('what the services tell beside their lists', () => {
  let scripted: Scripted;

  beforeEach(async () => {
    scripted = await openScripted();
  });

  afterEach(() => scripted.stop());

  function extensions(...aliases: readonly string[]): void {
    scripted.server.on('GET /network/v2.0/extensions', {
      body: { extensions: aliases.map((alias) => ({ alias })) },
    });
  }

  it('is every floating IP over pages, with the port that it is bound to', async () => {
    extensions('router');
    const ip = (id: string, own: object): object => ({
      id,
      floating_ip_address: '203.0.113.7',
      tenant_id: 'p',
      status: 'DOWN',
      port_id: null,
      fixed_ip_address: null,
      created_at: '2026-01-01T00:00:00Z',
      ...own,
    });
    const next = { rel: 'next', href: 'http://elsewhere.example/v2.0/floatingips?marker=a' };
    scripted.server.on(
      ips,
      { body: { floatingips: [ip('a', {})], floatingips_links: [next] } },
      { body: { floatingips: [ip('b', { port_id: 'port', fixed_ip_address: '10.0.0.4' })] } },
    );
    const { items, complete } = await scripted.api.network.floatingIps();
    assert.equal(complete, true);
    const common = {
      address: '203.0.113.7',
      projectId: 'p',
      status: 'DOWN',
      createdAt: '2026-01-01T00:00:00.000Z',
    };
    assert.deepEqual(items, [
      { id: 'a', ...common },
      { id: 'b', ...common, portId: 'port', fixedAddress: '10.0.0.4' },
    ]);
  });

  it('is no floating IP where Neutron does not route, and a gap where that is not known', async () => {
    extensions('port-security');
    assert.deepEqual(await scripted.api.network.floatingIps(), { items: [], complete: true });
    assert.equal(await scripted.api.network.floatingIp('a'), undefined);
    scripted.server.on('GET /network/v2.0/extensions', { status: 404, text: 'a proxy says no' });
    const { complete, gap } = await scripted.api.network.floatingIps();
    assert.deepEqual([complete, gap?.code], [false, 'bad-answer']);
    await assert.rejects(scripted.api.network.floatingIp('a'), { code: 'bad-answer' });
  });

  it('is when a port and a volume changed, in UTC whether a zone is named or not', async () => {
    const port = { id: 'a', network_id: 'n', project_id: 'p', status: 'DOWN', mac_address: 'm' };
    const times = { created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-02T03:00:00+01:00' };
    scripted.server.on('GET /network/v2.0/ports/a', { body: { port: { ...port, ...times } } });
    const { createdAt, updatedAt } = (await scripted.api.network.port('a')) ?? assert.fail();
    assert.deepEqual([createdAt, updatedAt], ['2026-01-01T00:00:00.000Z', '2026-01-02T02:00:00.000Z']);
    const volume = {
      id: 'v',
      status: 'in-use',
      size: 1,
      attachments: [],
      created_at: '2026-01-01T00:00:00.000000',
    };
    scripted.server.on('GET /volume/v3/8d2f/volumes/v', {
      body: { volume: { ...volume, updated_at: null } },
    });
    const read = (await scripted.api.blockStorage.volume('v')) ?? assert.fail();
    assert.deepEqual([read.createdAt, read.updatedAt], ['2026-01-01T00:00:00.000Z', undefined]);
  });

  it('is the attachments of one volume', async () => {
    const attachments = 'GET /volume/v3/8d2f/attachments';
    scripted.server.on(attachments, { body: { attachments: [] } });
    assert.equal((await scripted.api.blockStorage.attachmentsOfVolume('v')).complete, true);
    assert.equal(String(scripted.server.asked(attachments)[0]?.query), 'all_tenants=1&volume_id=v');
  });

  it('is the id of every server, with a gap when a cell is down', async () => {
    scripted.server.on('GET /compute/v2.1/servers', { body: { servers: [{ id: 'a', name: 'one' }] } });
    assert.deepEqual(await scripted.api.compute.serverIds(), { items: ['a'], complete: true });
    scripted.server.on('GET /compute/v2.1/os-services', {
      body: { services: [{ binary: 'nova-compute', host: 'c2', status: 'UNKNOWN' }] },
    });
    assert.equal((await scripted.api.compute.serverIds()).gap?.code, 'unreachable');
  });

  it('is a gap in the projects when the login is scoped to a domain', async () => {
    scripted.server.token = { ...scripted.server.token, domain: { id: 'default' } };
    const other = await openScripted({ server: scripted.server });
    const project = { id: 'p', name: 'p', domain_id: 'default', enabled: true };
    scripted.server.on('GET /v3/projects', { body: { projects: [project] } });
    const { items, gap } = await other.api.identity.projects();
    assert.deepEqual([items.length, gap?.code], [1, 'permission-denied']);
    assert.match(gap?.message ?? '', /scoped to a domain/);
    other.api.close();
  });
});
