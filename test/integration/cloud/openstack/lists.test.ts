import assert from 'node:assert/strict';
import type { Listing } from '../../../../src/cloud/openstack/listing';
import { CancelledError } from '../../../../src/model/errors';
import { openScripted, type Scripted } from './openScripted';
import { ScriptedServer, silence, type Behaviour, type Reply, type Seen } from './scriptedServer';

const servers = 'GET /compute/v2.1/servers/detail';
const services = 'GET /compute/v2.1/os-services';

function server(id: string): object {
  return { id, name: `name of ${id}`, status: 'ACTIVE', tenant_id: 'p', created: '2026-01-01T00:00:00Z' };
}

/** A page of servers; `next` is the marker of the one after it. */
function page(ids: readonly string[], next?: string, host = 'http://elsewhere.example:1'): Reply {
  const href = `${host}/v2.1/servers/detail?all_tenants=1&marker=${next}`;
  const links = next === undefined ? {} : { servers_links: [{ rel: 'next', href }] };
  return { body: { servers: ids.map(server), ...links } };
}

function compute(host: string, state: 'up' | 'down' | 'UNKNOWN'): object {
  const binary = 'nova-compute';
  return state === 'UNKNOWN'
    ? { binary, host, status: state }
    : { binary, host, status: 'enabled', state, id: host };
}

describe('a list of a service', () => {
  let scripted: Scripted;

  beforeEach(async () => {
    scripted = await openScripted();
  });

  afterEach(() => scripted.stop());

  function answers(request: string, ...behaviours: Behaviour[]): void {
    scripted.server.on(request, ...behaviours);
  }

  function asked(request: string): Seen[] {
    return scripted.server.asked(request);
  }

  /** Logs in once more, as somebody with that role. */
  async function as(role: string): Promise<Scripted> {
    scripted.server.token = { ...scripted.server.token, roles: [role] };
    return openScripted({ server: scripted.server });
  }

  function assertGap(listing: Listing<unknown>, code: string, items: number, message = /./): void {
    assert.deepEqual([listing.complete, listing.gap?.code, listing.items.length], [false, code, items]);
    assert.match(listing.gap?.message ?? '', message);
  }

  it('is read to its last page, and never from another host', async () => {
    answers(servers, page(['a', 'b'], 'b'), page(['c', 'd'], 'd'), page([]));
    const { items, complete, gap } = await scripted.api.compute.servers();
    assert.deepEqual(
      items.map(({ id }) => id),
      ['a', 'b', 'c', 'd'],
    );
    assert.deepEqual([complete, gap], [true, undefined]);
    assert.deepEqual(
      asked(servers).map(({ query }) => String(query)),
      ['all_tenants=1', 'all_tenants=1&marker=b', 'all_tenants=1&marker=d'],
    );
  });

  it('passes its filters on', async () => {
    answers(servers, page([]));
    await scripted.api.compute.servers({ deleted: true, host: 'compute-1', projectId: 'p&q' });
    assert.equal(
      String(asked(servers)[0]?.query),
      'all_tenants=1&deleted=true&host=compute-1&project_id=p%26q',
    );
  });

  it('ends when the pages do not', async () => {
    answers(servers, page(['a'], 'a'));
    assertGap(await scripted.api.compute.servers(), 'bad-answer', 1, /do not end/);
    assert.equal(asked(servers).length, 2);
  });

  it('keeps what came before a page that failed', async () => {
    answers(servers, page(['a'], 'a'), { status: 500, body: { computeFault: { message: 'broken row' } } });
    assertGap(await scripted.api.compute.servers(), 'command-failed', 1, /broken row/);
  });

  it('keeps what came before a page that did not come', async () => {
    answers(servers, page(['a'], 'a'), silence);
    assertGap(await scripted.api.compute.servers(), 'timed-out', 1);
  });

  it('is no list when it is cancelled', async () => {
    const cancel = new AbortController();
    answers(servers, page(['a'], 'a'), () => {
      cancel.abort();
      return undefined;
    });
    await assert.rejects(scripted.api.compute.servers({}, cancel.signal), CancelledError);
  });

  it('has a gap when the login is gone', async () => {
    answers(servers, { status: 401, body: {} });
    assertGap(await scripted.api.compute.servers(), 'refused-login', 0);
  });

  it('of servers has a gap when a cell is down, as its services tell', async () => {
    answers(servers, page(['a']));
    answers(services, { body: { services: [compute('c1', 'up'), compute('c2', 'UNKNOWN')] } });
    assertGap(await scripted.api.compute.servers({ host: 'c1' }), 'unreachable', 1, /c2/);
    const list = await scripted.api.compute.services();
    assertGap(list, 'unreachable', 2);
    assert.deepEqual(
      list.items.map(({ host, state }) => [host, state]),
      [
        ['c1', 'up'],
        ['c2', 'unknown'],
      ],
    );
    answers('GET /compute/v2.1/os-migrations', { body: { migrations: [] } });
    assertGap(await scripted.api.compute.migrations(), 'unreachable', 0);
    answers('GET /compute/v2.1/os-hypervisors/detail', { body: { hypervisors: [] } });
    assertGap(await scripted.api.compute.hypervisors(), 'unreachable', 0);
  });

  it('of services does not believe "down" while a cell is', async () => {
    const states = async (): Promise<string[]> =>
      (await scripted.api.compute.services()).items.map(({ state }) => state);
    answers(services, { body: { services: [compute('c1', 'up'), compute('c2', 'down')] } });
    assert.deepEqual(await states(), ['up', 'down']);
    answers(services, { body: { services: [compute('c2', 'down'), compute('c3', 'UNKNOWN')] } });
    assert.deepEqual(await states(), ['unknown', 'unknown']);
  });

  it('of servers has a gap when one of them is of a cell that is down', async () => {
    const bare = { id: 'b', status: 'UNKNOWN', tenant_id: 'p', created: '2026-01-01T00:00:00Z' };
    answers(servers, { body: { servers: [server('a'), bare] } });
    assertGap(await scripted.api.compute.servers(), 'unreachable', 2, /cell is down/);
  });

  it('of servers has a gap when Nova cannot tell that a cell is down', async () => {
    answers('GET /compute/v2.1/', { body: { version: { version: '2.60', min_version: '2.1' } } });
    answers(servers, page(['a']));
    assertGap(await scripted.api.compute.servers(), 'unsupported', 1, /Stein/);
  });

  it('of servers has a gap when the services may not be seen', async () => {
    answers(servers, page(['a']));
    answers(services, { status: 403, body: { forbidden: { message: 'policy' } } });
    assertGap(await scripted.api.compute.servers(), 'permission-denied', 1);
  });

  it('has a gap when the account is no admin, in whatever service', async () => {
    const { api } = await as('member');
    answers(servers, page(['a']));
    answers('GET /network/v2.0/ports', { body: { ports: [] } });
    answers('GET /volume/v3/8d2f/volumes/detail', { body: { volumes: [] } });
    answers('GET /volume/v3/8d2f/attachments', { body: { attachments: [] } });
    answers('GET /v3/projects', { body: { projects: [] } });
    assertGap(await api.compute.servers(), 'permission-denied', 1);
    assertGap(await api.network.ports(), 'permission-denied', 0);
    assertGap(await api.blockStorage.volumes(), 'permission-denied', 0);
    assertGap(await api.blockStorage.attachments(), 'permission-denied', 0);
    assertGap(await api.identity.projects(), 'permission-denied', 0);
    api.close();
  });

  it('takes a 404 for an account that is no admin as no answer', async () => {
    const { api } = await as('member');
    const missing = { status: 404, body: { itemNotFound: { message: 'none' } } };
    answers('GET /compute/v2.1/servers/a', missing);
    answers('GET /network/v2.0/ports/a', missing);
    answers('GET /volume/v3/8d2f/volumes/a', missing);
    answers('GET /v3/projects/a', missing);
    for (const look of [
      () => api.compute.server('a'),
      () => api.network.port('a'),
      () => api.blockStorage.volume('a'),
      () => api.identity.project('a'),
    ]) {
      await assert.rejects(look, { code: 'permission-denied' });
    }
    api.close();
  });

  it('of attachments goes on until a page is empty, since Cinder names no next one', async () => {
    const one = (id: string): object => ({ id, volume_id: 'v', instance: 'i', status: 'attached' });
    const attachments = 'GET /volume/v3/8d2f/attachments';
    answers(attachments, ({ query }) => ({
      body: {
        attachments: { none: [one('a'), one('b')], b: [one('c')] }[query.get('marker') ?? 'none'] ?? [],
      },
    }));
    const { items, complete } = await scripted.api.blockStorage.attachments('i');
    assert.deepEqual(
      items.map(({ id }) => id),
      ['a', 'b', 'c'],
    );
    assert.equal(complete, true);
    assert.equal(String(asked(attachments)[2]?.query), 'all_tenants=1&instance_id=i&marker=c');
    assert.equal(asked(attachments)[0]?.headers['openstack-api-version'], 'volume 3.27');
  });

  it('of ports asks for pages and for the fields that are used', async () => {
    answers('GET /network/v2.0/ports', { body: { ports: [] } });
    await scripted.api.network.ports({ deviceId: 'i' });
    const query = asked('GET /network/v2.0/ports')[0]?.query;
    assert.deepEqual([query?.get('device_id'), query?.get('limit')], ['i', '1000']);
    assert.ok(query?.getAll('fields').includes('revision_number'));
  });

  it('of projects has a gap when Keystone cut it off', async () => {
    const project = { id: 'p', name: 'p', domain_id: 'default', enabled: true };
    answers('GET /v3/projects', { body: { projects: [project], truncated: true } });
    assertGap(await scripted.api.identity.projects(), 'unsupported', 1, /cut off/);
  });

  it('has a gap when the cloud does not have the service', async () => {
    const bare = await new ScriptedServer().start();
    bare.on('POST /v3/auth/tokens', {
      status: 201,
      headers: { 'X-Subject-Token': 't' },
      body: { token: {} },
    });
    const { api, stop } = await openScripted({ server: bare });
    assertGap(await api.blockStorage.volumes(), 'unsupported', 0, /block-storage/);
    assert.equal(await api.offers('block-storage'), false);
    await stop();
    assert.equal(await scripted.api.offers('block-storage'), true);
  });
});
