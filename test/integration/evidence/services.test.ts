import assert from 'node:assert/strict';
import type { SourceName } from '../../../src/evidence/sources';
import { survey, type Survey } from '../../../src/evidence/survey';
import { CancelledError } from '../../../src/model/errors';
import type { Sign } from '../../../src/model/sign';
import type { Source } from '../../../src/model/source';
import type { DemoCloud } from '../../cloud/demoCloud';
import { hangUp } from '../cloud/openstack/scriptedServer';
import { sharedCloud } from '../sharedCloud';
import { accessTo, options } from './accessTo';
import { oneOf } from './pick';
import { attachment, floatingIp, port, ScriptedServices, volume } from './scriptedServices';

const nobody = '8f0c6a5e-0000-4000-8000-000000000001';
const other = '8f0c6a5e-0000-4000-8000-000000000002';
const signs: ReadonlySet<Sign> = new Set<Sign>([
  ...(['port-of-none', 'idle-floating-ip', 'volume-gone', 'attachment-of-none'] as const),
  ...(['volume-without-attachment', 'node-of-none', 'project-gone'] as const),
]);

describe('a survey of the services', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;
  let services: ScriptedServices;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
  });
  beforeEach(async () => {
    services = await ScriptedServices.start();
    await services.fit(cloud);
  });
  afterEach(() => services.stop());

  /** The hosts are left out: they have no part in it. */
  const look = (own: object = {}, settings: object = {}): Promise<Survey> =>
    survey(services.behind(accessTo(cloud, { ...settings })), { ...options, signs, onlyHosts: [], ...own });

  const sourceOf = (seen: Survey, id: string): Source | undefined =>
    seen.scene.sources.find((source) => source.id === id);

  const codeOf = (seen: Survey, id: string): string | undefined =>
    (sourceOf(seen, id) ?? assert.fail(`no source ${id}`)).gap?.code;

  const signed = (seen: Survey, sign: Sign): string[] =>
    [...seen.glimpses.values()].filter((glimpse) => glimpse.signs.has(sign)).map(({ uuid }) => uuid);

  const live = (): Promise<string> =>
    oneOf(cloud, "SELECT uuid FROM nova_cell1.instances WHERE deleted = 0 AND host = 'compute-01' LIMIT 1");

  it('reads each to the end, and finds nothing where all fits', async () => {
    const seen = await look();
    for (const id of ['keystone', 'nova', 'neutron', 'cinder', 'ironic'])
      assert.equal(sourceOf(seen, id)?.complete, true, id);
    for (const sign of signs) assert.deepEqual(signed(seen, sign), [], sign);
  });

  it('tells which it is going to read, and of each once as it comes', async () => {
    const expected: SourceName[] = [];
    const told: Source[] = [];
    const seen = await look({
      onExpected: (names: readonly SourceName[]) => expected.push(...names),
      onSource: (source: Source) => told.push(source),
    });
    assert.deepEqual(told.map(({ id }) => id).sort(), seen.scene.sources.map(({ id }) => id).sort());
    for (const { id } of told.filter(({ kind }) => kind !== 'api-database'))
      assert.ok(
        expected.some((name) => name.id === id),
        id,
      );
  });

  it('asks for nothing that no kind wants, and for nothing at all where there are no APIs', async () => {
    const neutron = await look({ signs: new Set<Sign>(['port-of-none']) });
    assert.deepEqual(
      neutron.scene.sources.filter(({ kind }) => kind === 'neutron' || kind === 'cinder').map(({ id }) => id),
      ['neutron'],
    );
    assert.ok(services.server.seen.every(({ path }) => !path.startsWith('/volume')));
    services.server.seen.length = 0;
    await look({ signs: new Set() });
    assert.equal(services.server.seen.length, 0);
    const without = await survey(accessTo(cloud), { ...options, signs, onlyHosts: [] });
    assert.equal(sourceOf(without, 'neutron'), undefined);
  });

  it('takes a service that the catalogue does not have for none', async () => {
    services.server.bareMetal = false;
    const seen = await look();
    assert.equal(sourceOf(seen, 'ironic'), undefined);
    assert.equal(sourceOf(seen, 'cinder')?.complete, true);
  });

  it('finds ports of Nova whose device is no live instance, and no others', async () => {
    services.ports.push(
      port('a', nobody.toUpperCase()),
      port('b', other, { device_owner: 'network:dhcp' }),
      port('c', '', { device_owner: '' }),
      port('d', 'a-name-of-my-own'),
    );
    assert.deepEqual(signed(await look(), 'port-of-none'), [nobody]);
  });

  it('finds floating IPs without a port, and those whose port is gone', async () => {
    const bound = services.ports[0]?.id;
    services.floatingIps.push(
      floatingIp(nobody),
      floatingIp(other, { port_id: 'gone' }),
      floatingIp('8f0c6a5e-0000-4000-8000-000000000003', { port_id: bound }),
    );
    assert.deepEqual(signed(await look(), 'idle-floating-ip'), [nobody, other]);
  });

  it('finds attachments whose server is no live instance', async () => {
    services.attachments.push(attachment('a', nobody, 'v'), attachment('b', await live(), 'v'), {
      id: 'c',
      instance: null,
      volume_id: 'v',
      status: 'attached',
    });
    assert.deepEqual(signed(await look(), 'attachment-of-none'), [nobody]);
  });

  it('finds volumes whose status asks for an attachment that is not there', async () => {
    const use = { attachment_id: 'a', server_id: 's', host_name: 'compute-01' };
    services.volumes.push(
      volume(nobody, 'in-use'),
      volume(other, 'reserved'),
      volume('8f0c6a5e-0000-4000-8000-000000000003', 'in-use', { attachments: [use] }),
      volume('8f0c6a5e-0000-4000-8000-000000000004', 'error'),
    );
    services.attachments.push(attachment('r', await live(), other, 'reserved'));
    assert.deepEqual(signed(await look(), 'volume-without-attachment'), [nobody]);
  });

  it('finds live instances of a volume that Cinder does not list', async () => {
    const which = `FROM nova_cell1.block_device_mapping b JOIN nova_cell1.instances i ON i.uuid = b.instance_uuid
      WHERE b.deleted = 0 AND i.deleted = 0 AND b.volume_id IS NOT NULL ORDER BY b.id LIMIT 1`;
    const [uuid, id] = [
      await oneOf(cloud, `SELECT i.uuid ${which}`),
      await oneOf(cloud, `SELECT b.volume_id ${which}`),
    ];
    services.volumes = services.volumes.filter((each) => each.id !== id);
    assert.ok(services.volumes.length > 0);
    assert.deepEqual(signed(await look(), 'volume-gone'), [uuid]);
  });

  it('finds nodes of Ironic that are bound to no live instance, but for those of its own allocations', async () => {
    const bound = { maintenance: false, provision_state: 'active' };
    services.nodes.push(
      { uuid: 'n1', instance_uuid: nobody, ...bound },
      { uuid: 'n2', instance_uuid: other, allocation_uuid: other, ...bound },
      { uuid: 'n3', instance_uuid: await live(), ...bound },
    );
    assert.deepEqual(signed(await look(), 'node-of-none'), [nobody]);
  });

  it('finds the live instances of a project that Keystone does not list', async () => {
    const id = await oneOf(cloud, 'SELECT project_id FROM nova_cell1.instances WHERE deleted = 0 LIMIT 1');
    const of = (cell: string): string =>
      `SELECT uuid FROM ${cell}.instances WHERE deleted = 0 AND project_id = '${id}'`;
    const rows = await cloud.sql(['nova_cell0', 'nova_cell1', 'nova_cell2'].map(of).join(' UNION '));
    services.projects = services.projects.filter((each) => each.id !== id);
    assert.ok(services.projects.length > 0);
    assert.deepEqual(signed(await look(), 'project-gone').sort(), rows.flat().sort());
  });

  describe('knows an answer that proves nothing', () => {
    it('from a service that is overloaded: a gap, and no sign', async () => {
      services.server.on('GET /network/v2.0/ports', {
        status: 503,
        headers: { 'Retry-After': '0' },
        text: 'busy',
      });
      const seen = await look();
      assert.equal(codeOf(seen, 'neutron'), 'busy');
      assert.equal(codeOf(seen, 'cinder'), undefined);
      assert.deepEqual(signed(seen, 'port-of-none'), []);
    });

    it('from a list whose second page does not come: what is there counts, what is not does not', async () => {
      const links = [{ rel: 'next', href: 'http://elsewhere.example/v2.0/ports?marker=a' }];
      const [first] = services.ports;
      services.floatingIps.push(floatingIp(other, { port_id: 'on the second page' }));
      services.server.on(
        'GET /network/v2.0/ports',
        { body: { ports: [first, port('a', nobody)], ports_links: links } },
        hangUp,
      );
      const seen = await look();
      assert.equal(codeOf(seen, 'neutron'), 'unreachable');
      assert.deepEqual(signed(seen, 'port-of-none'), [nobody]);
      assert.deepEqual(signed(seen, 'idle-floating-ip'), []);
    });

    it('from an account that sees its own project alone', async () => {
      services.server.token = { ...services.server.token, roles: ['member'] };
      // as Nova's own policy has it
      services.server.on('GET /compute/v2.1/os-services', {
        status: 403,
        body: { forbidden: { message: 'policy' } },
      });
      services.projects.pop();
      services.volumes = [];
      const seen = await look();
      for (const id of ['keystone', 'nova', 'neutron', 'cinder', 'ironic'])
        assert.equal(codeOf(seen, id), 'permission-denied', id);
      assert.deepEqual([...signed(seen, 'project-gone'), ...signed(seen, 'volume-gone')], []);
    });

    it('from a Nova with a cell that is down', async () => {
      services.server.on('GET /compute/v2.1/os-services', {
        body: { services: [{ binary: 'nova-compute', host: 'compute-03', status: 'UNKNOWN' }] },
      });
      assert.equal(codeOf(await look(), 'nova'), 'unreachable');
    });

    it('from a list that is empty, or that of another cloud', async () => {
      services.ports = [port('a', nobody)];
      services.projects = services.projects.slice(0, 1).map((each) => ({ ...each, id: 'another' }));
      services.volumes = [];
      services.hosts = ['another'];
      const seen = await look();
      for (const id of ['keystone', 'nova', 'neutron', 'cinder'])
        assert.equal(codeOf(seen, id), 'empty-list', id);
      for (const sign of signs) assert.deepEqual(signed(seen, sign), [], sign);
      services.nodes = [];
      assert.equal(codeOf(await look(), 'ironic'), 'empty-list');
    });

    it('from a service that serves the Nova of another region', async () => {
      services.server.otherRegion = 'two';
      services.ports.push(port('a', nobody));
      const seen = await look();
      for (const id of ['neutron', 'cinder', 'ironic']) assert.equal(codeOf(seen, id), 'unsupported', id);
      for (const id of ['keystone', 'nova']) assert.equal(codeOf(seen, id), undefined, id);
      assert.deepEqual(signed(seen, 'port-of-none'), []);
    });

    it('from a cell that did not answer: it may have the instance', async () => {
      services.ports.push(port('a', nobody));
      services.attachments.push(attachment('a', nobody, 'v'));
      const cell = await oneOf(cloud, "SELECT uuid FROM nova_api.cell_mappings WHERE name = 'cell2'");
      const broken = `mysql://nova@127.0.0.1:${cloud.database.port}/placement`;
      const seen = await look({}, { cells: { [cell]: broken } });
      assert.equal(sourceOf(seen, 'neutron')?.complete, true);
      assert.deepEqual([...signed(seen, 'port-of-none'), ...signed(seen, 'attachment-of-none')], []);
    });
  });

  it('is a gap of Keystone when the login fails: which services there are is not known', async () => {
    services.server.on('POST /v3/auth/tokens', {
      status: 401,
      body: { error: { message: 'wrong password' } },
    });
    const seen = await look();
    assert.equal(codeOf(seen, 'keystone'), 'refused-login');
    assert.equal(sourceOf(seen, 'neutron'), undefined);
    assert.equal(sourceOf(seen, 'placement')?.complete, true);
  });

  it('ends when it is cancelled', async () => {
    const cancel = new AbortController();
    services.server.on('GET /network/v2.0/ports', () => {
      cancel.abort();
      return undefined;
    });
    await assert.rejects(look({ signal: cancel.signal }), CancelledError);
  });
});
