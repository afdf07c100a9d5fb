import assert from 'node:assert/strict';
import { readDossiers } from '../../../src/evidence/dossiers';
import { survey, type Survey } from '../../../src/evidence/survey';
import type { Dossier } from '../../../src/model/dossier';
import type { Scene } from '../../../src/model/scene';
import type { Sign } from '../../../src/model/sign';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { accessTo, options } from './accessTo';
import { oneOf } from './pick';
import { attachment, floatingIp, port, provider, ScriptedServices, server, volume } from './scriptedServices';

const nobody = '8f0c6a5e-0000-4000-8000-000000000001';
const volumeId = '8f0c6a5e-0000-4000-8000-000000000002';
const ipId = '8f0c6a5e-0000-4000-8000-000000000003';
const signs = new Set<Sign>(['port-of-none', 'attachment-of-none', 'node-of-none', 'project-gone']);
const ports = 'GET /network/v2.0/ports';

describe('what the services have of a candidate', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;
  let services: ScriptedServices;
  let uuid: string;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    uuid = await oneOf(
      cloud,
      `SELECT i.uuid FROM nova_cell1.instances i JOIN nova_cell1.block_device_mapping b ON b.instance_uuid = i.uuid
      WHERE i.deleted = 0 AND b.deleted = 0 AND b.volume_id IS NOT NULL ORDER BY b.id LIMIT 1`,
    );
  });
  beforeEach(async () => {
    services = await ScriptedServices.start();
    await services.fit(cloud);
  });
  afterEach(() => services.stop());

  const look = (own: object = {}): Promise<Survey> =>
    survey(services.behind(accessTo(cloud, { ...own })), { ...options, signs, onlyHosts: [] });

  interface Seen {
    readonly of: (id: string) => Dossier;
    readonly scene: Scene;
  }

  const read = async (uuids: readonly string[], own: object = {}, seen?: Survey): Promise<Seen> => {
    const before = seen ?? (await look(own));
    services.server.seen.length = 0;
    const access = services.behind(accessTo(cloud, { ...own }));
    const { dossiers, scene } = await readDossiers(access, before, uuids, options);
    return { of: (id) => dossiers.get(id) ?? assert.fail(id), scene };
  };

  const codeOf = ({ scene }: Seen, id: string): string | undefined =>
    scene.sources.find((source) => source.id === id)?.gap?.code;

  /** More UUIDs than are asked about one by one. */
  const manyWith = (...own: readonly string[]): string[] => [
    ...own,
    ...Array.from({ length: 250 }, (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`),
  ];

  /** Both ways must tell the same. */
  for (const [way, among] of [
    ['asked about one by one', (...own: string[]) => own],
    ['read as new lists', manyWith],
  ] as const) {
    describe(`when it is ${way}`, () => {
      it('is its ports, attachments and nodes, and whether Nova and Keystone know it', async () => {
        services.ports.push(
          port('a', nobody, {
            'binding:host_id': 'compute-02',
            fixed_ips: [{ ip_address: '10.0.0.9' }],
            created_at: '2026-01-01T00:00:00Z',
            updated_at: '2026-01-02T00:00:00Z',
          }),
          port('b', nobody, { 'binding:host_id': '' }),
        );
        const use = { attachment_id: 'at', server_id: nobody, host_name: 'compute-03' };
        services.volumes.push(volume(volumeId, 'in-use', { multiattach: true, attachments: [use] }));
        services.attachments.push(
          attachment('at', nobody, volumeId),
          attachment('re', nobody, 'v', 'reserved'),
        );
        services.nodes.push({
          uuid: 'n',
          name: 'metal',
          instance_uuid: nobody,
          provision_state: 'active',
          maintenance: true,
        });
        const { of } = await read(among(nobody, uuid));
        const made = { deviceOwner: 'compute:nova', projectId: 'p', status: 'ACTIVE' };
        assert.deepEqual(of(nobody).neutronPorts, [
          {
            id: 'a',
            ...made,
            addresses: ['10.0.0.9'],
            host: 'compute-02',
            createdAt: '2026-01-01T00:00:00.000Z',
            updatedAt: '2026-01-02T00:00:00.000Z',
          },
          { id: 'b', ...made, addresses: [] },
        ]);
        assert.deepEqual(of(nobody).attachments, [
          {
            id: 'at',
            volumeId,
            status: 'attached',
            volumeStatus: 'in-use',
            multiattach: true,
            host: 'compute-03',
          },
          { id: 're', volumeId: 'v', status: 'reserved' },
        ]);
        assert.deepEqual(of(nobody).nodes, [
          { uuid: 'n', name: 'metal', provisionState: 'active', maintenance: true },
        ]);
        assert.deepEqual([of(nobody).novaApi, of(uuid).novaApi], ['absent', 'present']);
        assert.deepEqual([of(nobody).volume, of(nobody).floatingIp], [undefined, undefined]);
        assert.equal(of(uuid).neutronPorts.length, 1);
        assert.deepEqual([of(uuid).attachments, of(uuid).projectGone], [[], false]);
      });

      it('is which of its volumes Cinder proves to be missing', async () => {
        const { of: before } = await read(among(uuid));
        const [first] = before(uuid).volumes;
        assert.ok(first);
        assert.deepEqual(before(uuid).missingVolumes, []);
        services.volumes = services.volumes.filter(({ id }) => id !== first.volumeId);
        assert.deepEqual((await read(among(uuid))).of(uuid).missingVolumes, [first.volumeId]);
      });

      it('is whether its project is gone: neither listed nor found by its id', async () => {
        const id = await oneOf(cloud, `SELECT project_id FROM nova_cell1.instances WHERE uuid = '${uuid}'`);
        const seen = await look();
        services.projects = services.projects.filter((project) => project.id !== id);
        const gone = await read(among(uuid), {}, seen);
        assert.equal(gone.of(uuid).projectGone, true);
        services.server.on(`GET /v3/projects/${id}`, {
          body: { project: { id, name: 'hidden', domain_id: 'd', enabled: true } },
        });
        assert.equal((await read(among(uuid), {}, seen)).of(uuid).projectGone, false);
      });

      it('is the volume, or the floating IP, that has the UUID', async () => {
        services.volumes.push(volume(volumeId, 'reserved', { updated_at: '2026-01-01T00:00:00.000000' }));
        services.attachments.push({ id: 'r', instance: null, volume_id: volumeId, status: 'reserved' });
        services.ports.push(port('a', nobody));
        const [unbound, gone] = [ipId, '8f0c6a5e-0000-4000-8000-000000000004'];
        const bound = '8f0c6a5e-0000-4000-8000-000000000005';
        services.floatingIps.push(
          floatingIp(unbound),
          floatingIp(gone, { port_id: 'gone' }),
          floatingIp(bound, { port_id: 'a' }),
        );
        const { of } = await read(among(volumeId, unbound, gone, bound));
        const name = 'disk';
        assert.deepEqual(of(volumeId).volume, {
          name,
          status: 'reserved',
          sizeGib: 10,
          updatedAt: '2026-01-01T00:00:00.000Z',
          attachments: 1,
        });
        const ip = { address: '203.0.113.7', projectId: 'p' };
        assert.deepEqual(of(unbound).floatingIp, { ...ip, portGone: false });
        assert.deepEqual(of(gone).floatingIp, { ...ip, portId: 'gone', portGone: true });
        assert.deepEqual(of(bound).floatingIp, { ...ip, portId: 'a', portGone: false, instance: nobody });
      });

      it('is what it holds in Placement, where the database does not answer', async () => {
        const broken = { placementDatabase: `mysql://nova@127.0.0.1:${cloud.database.port}/nova_cell0` };
        const root = provider('root', 'compute-02');
        const nested = provider('nested', 'compute-02_pci', {
          root_provider_uuid: 'root',
          parent_provider_uuid: 'root',
        });
        const held = { resources: { VCPU: 1, MEMORY_MB: 512 } };
        const { server: http } = services;
        services.providers(nested, root);
        http.on('GET /placement/allocations/*', { body: { allocations: {} } });
        http.on(`GET /placement/allocations/${nobody}`, {
          body: {
            allocations: { nested: { resources: { PCI: 1 } }, root: held },
            consumer_generation: 1,
            project_id: 'p',
            user_id: 'u',
          },
        });
        http.on('GET /placement/resource_providers/root/allocations', {
          body: { allocations: { [nobody]: held } },
        });
        http.on('GET /placement/resource_providers/nested/allocations', {
          body: { allocations: { [nobody]: { resources: { PCI: 1 } } } },
        });
        const seen = await read(among(nobody, uuid), broken);
        assert.equal(codeOf(seen, 'placement'), undefined);
        assert.deepEqual(seen.of(nobody).allocations, [{ providerUuid: 'root', provider: 'compute-02' }]);
        assert.equal(seen.of(nobody).consumer?.allocations, 3);
        assert.deepEqual(seen.of(uuid).allocations, []);
      });
    });
  }

  it('is asked about one by one up to two hundred, and read as lists above', async () => {
    const seen = await look();
    await read([uuid], {}, seen);
    assert.equal(
      services.server.asked(ports).every(({ query }) => query.get('device_id') === uuid),
      true,
    );
    await read(manyWith(uuid), {}, seen);
    assert.deepEqual(
      services.server.asked(ports).map(({ query }) => query.get('device_id')),
      [null],
    );
    const volumes = services.server.seen.map(({ path }) => path).filter((path) => path.includes('/volumes/'));
    assert.deepEqual(volumes, ['/volume/v3/8d2f/volumes/detail']);
  });

  it('is asked of nobody whom the survey did not read to the end', async () => {
    services.server.on(ports, { status: 403, body: { NeutronError: { message: 'policy' } } });
    const seen = await read([uuid]);
    assert.equal(codeOf(seen, 'neutron'), 'permission-denied');
    assert.deepEqual(services.server.asked(ports), []);
    assert.equal(seen.of(uuid).novaApi, 'present');
  });

  it('makes a gap of a service that fails now, and asks it nothing more', async () => {
    const before = await look();
    services.server.on(ports, { status: 400, body: { NeutronError: { message: 'broken' } } });
    // more than are read at a time
    const batches = Array.from({ length: 3 }, (_, n) =>
      manyWith().map((id) => id.replace('0', String(n + 1))),
    );
    const seen = await read([uuid, ...batches.flat()], {}, before);
    assert.equal(codeOf(seen, 'neutron'), 'command-failed');
    assert.equal(services.server.asked(ports).length, 1);
    assert.deepEqual([seen.of(uuid).neutronPorts, seen.of(uuid).novaApi], [[], 'present']);
  });

  it('makes a gap of every service when the login fails now', async () => {
    const before = await look();
    services.server.on('POST /v3/auth/tokens', { status: 401, body: { error: { message: 'wrong' } } });
    const seen = await read([uuid], {}, before);
    for (const id of ['keystone', 'nova', 'neutron', 'cinder', 'ironic'])
      assert.equal(codeOf(seen, id), 'refused-login', id);
    assert.equal(seen.of(uuid).rows.length, 1);
  });

  it('is not known where Nova fails about this one alone', async () => {
    services.server.on(`GET /compute/v2.1/servers/${uuid}`, {
      status: 500,
      body: { computeFault: { message: 'OrphanedObjectError' } },
    });
    services.servers.push(server(nobody));
    const seen = await read([uuid, nobody]);
    assert.equal(codeOf(seen, 'nova'), undefined);
    assert.deepEqual([seen.of(uuid).novaApi, seen.of(nobody).novaApi], [undefined, 'present']);
  });
});
