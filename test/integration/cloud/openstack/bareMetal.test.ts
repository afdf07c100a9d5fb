import assert from 'node:assert/strict';
import { openScripted, type Scripted } from './openScripted';

const nodes = 'GET /baremetal/v1/nodes';

function node(uuid: string, own: object = {}): object {
  return { uuid, name: null, instance_uuid: null, provision_state: 'available', maintenance: false, ...own };
}

describe('the nodes of Ironic', () => {
  let scripted: Scripted;

  beforeEach(async () => {
    scripted = await openScripted();
  });

  afterEach(() => scripted.stop());

  it('are read to the last page, which the answer names as `next`', async () => {
    const next = 'http://elsewhere.example:6385/v1/nodes?fields=uuid,name&limit=2&marker=b';
    scripted.server.on(
      nodes,
      { body: { nodes: [node('a'), node('b')], next } },
      { body: { nodes: [node('c')] } },
    );
    const { items, complete } = await scripted.api.bareMetal.nodes();
    assert.deepEqual([items.map(({ uuid }) => uuid), complete], [['a', 'b', 'c'], true]);
    assert.equal(scripted.server.asked(nodes)[1]?.query.get('marker'), 'b');
  });

  it('are asked for in the version that has the allocation, under the names that all releases know', async () => {
    const bound = { name: 'm1', instance_uuid: 'i', allocation_uuid: 'i', provision_state: 'active' };
    scripted.server.on(nodes, {
      body: { nodes: [node('a', { ...bound, updated_at: '2026-08-18T22:28:48.643434+00:00' })] },
    });
    const { items } = await scripted.api.bareMetal.nodes('i');
    assert.deepEqual(items, [
      {
        uuid: 'a',
        name: 'm1',
        instanceUuid: 'i',
        allocationUuid: 'i',
        provisionState: 'active',
        maintenance: false,
        updatedAt: '2026-08-18T22:28:48.643Z',
      },
    ]);
    const [seen] = scripted.server.asked(nodes);
    assert.equal(seen?.headers['x-openstack-ironic-api-version'], '1.52');
    assert.equal(seen.headers['openstack-api-version'], 'baremetal 1.52');
    assert.equal(seen.query.get('instance_uuid'), 'i');
    assert.match(seen.query.get('fields') ?? '', /^uuid,name,instance_uuid,.*,allocation_uuid$/);
  });

  it('are asked for without it in an older release', async () => {
    scripted.server.on('GET /baremetal/', {
      body: { versions: [{ id: 'v1', version: '1.31', min_version: '1.1' }] },
    });
    scripted.server.on(nodes, { body: { nodes: [] } });
    assert.equal((await scripted.api.bareMetal.nodes()).complete, true);
    const [seen] = scripted.server.asked(nodes);
    assert.equal(seen?.headers['x-openstack-ironic-api-version'], '1.31');
    assert.doesNotMatch(seen.query.get('fields') ?? '', /allocation/);
  });

  it('are a list with a gap when Ironic is too old, refuses, or the account is no admin', async () => {
    scripted.server.on(nodes, {
      status: 403,
      body: { error_message: JSON.stringify({ faultcode: 'Client', faultstring: 'Access was denied' }) },
    });
    const refused = await scripted.api.bareMetal.nodes();
    assert.deepEqual([refused.complete, refused.gap?.code], [false, 'permission-denied']);
    assert.match(refused.gap?.message ?? '', /Access was denied/);
    scripted.server.token = { ...scripted.server.token, roles: ['member'] };
    const member = await openScripted({ server: scripted.server });
    scripted.server.on(nodes, { body: { nodes: [node('a')] } });
    const own = await member.api.bareMetal.nodes();
    assert.deepEqual([own.complete, own.items.length, own.gap?.code], [false, 1, 'permission-denied']);
    scripted.server.on('GET /baremetal/', {
      body: { versions: [{ id: 'v1', version: '1.6', min_version: '1.1' }] },
    });
    const old = await openScripted({ server: scripted.server });
    assert.equal((await old.api.bareMetal.nodes()).gap?.code, 'unsupported');
    member.api.close();
    old.api.close();
  });
});
