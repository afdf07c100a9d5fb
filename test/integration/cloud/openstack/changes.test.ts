import assert from 'node:assert/strict';
import type { Port } from '../../../../src/cloud/openstack/neutronShapes';
import { expectError } from '../expectError';
import { openScripted, type Scripted } from './openScripted';
import type { Behaviour, Reply } from './scriptedServer';

const consumer = '8f0c6a5e-0000-4000-8000-000000000001';
const read = `GET /placement/allocations/${consumer}`;
const write = `PUT /placement/allocations/${consumer}`;
const taken: Reply = {
  status: 409,
  body: { errors: [{ status: 409, detail: 'generation conflict', code: 'placement.concurrent_update' }] },
};

function held(generation: number, providers: Readonly<Record<string, number>>): Reply {
  const allocations = Object.fromEntries(
    Object.entries(providers).map(([uuid, VCPU]) => [uuid, { generation: 3, resources: { VCPU } }]),
  );
  return {
    body: { allocations, consumer_generation: generation, project_id: 'p', user_id: 'u' },
  };
}

describe('a change by the APIs', () => {
  let scripted: Scripted;

  beforeEach(async () => {
    scripted = await openScripted();
  });

  afterEach(() => scripted.stop());

  function answers(request: string, ...behaviours: Behaviour[]): void {
    scripted.server.on(request, ...behaviours);
  }

  function written(): unknown[] {
    return scripted.server.asked(write).map(({ body }) => body);
  }

  function left(generation: number, providers: Readonly<Record<string, number>>): object {
    return {
      allocations: Object.fromEntries(
        Object.entries(providers).map(([uuid, VCPU]) => [uuid, { resources: { VCPU } }]),
      ),
      consumer_generation: generation,
      project_id: 'p',
      user_id: 'u',
    };
  }

  it('takes one provider from a consumer and leaves the rest as it was', async () => {
    answers(read, held(4, { source: 2, dest: 3 }));
    answers(write, { status: 204 });
    const { placement } = scripted.api;
    await placement.unsetProvider(await placement.allocations(consumer), 'source');
    assert.deepEqual(written(), [left(4, { dest: 3 })]);
    assert.equal(scripted.server.asked(write)[0]?.headers['openstack-api-version'], 'placement 1.36');
  });

  it('reads again when the consumer changed meanwhile, and keeps what is new', async () => {
    answers(read, held(4, { source: 2, dest: 3 }), held(5, { source: 2, dest: 3, other: 1 }));
    answers(write, taken, { status: 204 });
    const { placement } = scripted.api;
    await placement.unsetProvider(await placement.allocations(consumer), 'source');
    assert.deepEqual(written(), [left(4, { dest: 3 }), left(5, { dest: 3, other: 1 })]);
  });

  it('takes nothing from a provider where something else is held now', async () => {
    answers(read, held(4, { source: 2, dest: 3 }), held(5, { source: 8, dest: 3 }));
    answers(write, taken, { status: 204 });
    const { placement } = scripted.api;
    const before = await placement.allocations(consumer);
    await expectError('conflict', placement.unsetProvider(before, 'source'));
    assert.equal(written().length, 1);
    await expectError('conflict', placement.unsetProvider(before, 'unheard-of'));
  });

  it('gives up on a consumer that changes all the time', async () => {
    answers(read, held(4, { source: 2 }));
    answers(write, taken);
    const { placement } = scripted.api;
    await expectError('conflict', placement.unsetProvider(await placement.allocations(consumer), 'source'));
    assert.equal(written().length, 4);
  });

  it('takes all from a consumer only as it was read', async () => {
    answers(read, held(4, { source: 2 }));
    answers(write, taken, { status: 204 });
    const { placement } = scripted.api;
    const before = await placement.allocations(consumer);
    await expectError('conflict', placement.deleteAllocations(before));
    await placement.deleteAllocations(before);
    assert.deepEqual(written(), [left(4, {}), left(4, {})]);
  });

  it('takes nothing from a consumer that holds nothing', async () => {
    answers(read, { body: { allocations: {} } });
    const { placement } = scripted.api;
    const nothing = await placement.allocations(consumer);
    assert.equal(nothing.providers.size, 0);
    await assert.rejects(async () => placement.deleteAllocations(nothing), { code: 'not-found' });
    assert.equal(written().length, 0);
  });

  it('of a port holds only while the port is what was read', async () => {
    const port: Port = {
      ...{ id: 'a', networkId: 'n', projectId: 'p', deviceId: 'i', deviceOwner: 'compute:nova' },
      ...{ status: 'DOWN', macAddress: 'fa:16:3e:00:00:01', addresses: [], name: '', revision: 7 },
    };
    answers('DELETE /network/v2.0/ports/a', { status: 204 });
    answers('PUT /network/v2.0/ports/a', {
      status: 412,
      body: { NeutronError: { type: 'RevisionNumberConstraintFailed', message: 'revision', detail: '' } },
    });
    await scripted.api.network.deletePort(port);
    const failing = scripted.api.network.unsetDevice(port);
    await expectError('conflict', failing);
    const [deleted] = scripted.server.asked('DELETE /network/v2.0/ports/a');
    const [unset] = scripted.server.asked('PUT /network/v2.0/ports/a');
    assert.equal(deleted?.headers['if-match'], 'revision_number=7');
    assert.equal(unset?.headers['if-match'], 'revision_number=7');
    assert.deepEqual(unset?.body, { port: { device_id: '', device_owner: '', 'binding:host_id': null } });
  });

  for (const [action, body] of [
    ['start', { 'os-start': null }],
    ['stop', { 'os-stop': null }],
    ['hardReboot', { reboot: { type: 'HARD' } }],
    ['forceDelete', { forceDelete: null }],
    ['resetToError', { 'os-resetState': { state: 'error' } }],
    ['resetToActive', { 'os-resetState': { state: 'active' } }],
  ] as const) {
    it(`asks Nova to ${action}`, async () => {
      answers('POST /compute/v2.1/servers/a%2Fb/action', { status: 202 });
      await scripted.api.compute.act('a/b', action);
      assert.deepEqual(scripted.server.asked('POST /compute/v2.1/servers/a%2Fb/action')[0]?.body, body);
    });
  }

  it('resets a volume and removes an attachment', async () => {
    answers('POST /volume/v3/8d2f/volumes/v/action', { status: 202 });
    answers('DELETE /volume/v3/8d2f/attachments/a', {
      status: 409,
      body: { conflictingRequest: { code: 409, message: 'Detach volume from instance i' } },
    });
    await scripted.api.blockStorage.resetVolume('v', 'available');
    assert.deepEqual(scripted.server.asked('POST /volume/v3/8d2f/volumes/v/action')[0]?.body, {
      'os-reset_status': { status: 'available', attach_status: 'detached' },
    });
    const error = await expectError('conflict', scripted.api.blockStorage.deleteAttachment('a'));
    assert.match(error.message, /Detach volume from instance/);
  });
});
