import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { directive } from '../../../src/cleanup/directives';
import { parse } from '../../../src/cleanup/parse';
import type { RunContext } from '../../../src/execution/context';
import { runPlan } from '../../../src/execution/runPlan';
import type { Zombies } from '../../../src/app/zombies';
import type { OpenStackApi } from '../../../src/cloud/openstack/openStackApi';
import { defaultThresholds } from '../../../src/model/scene';
import type { Depth } from '../../../src/model/suspect';
import type { SectionReport } from '../../../src/model/report';
import { waitFor } from '../../cloud/ports';
import { cloudName, fillIn, productOn } from '../../integration/app/product';
import { contextFrom } from '../../integration/execution/bench';
import { apiSectionText, bearingOut, planText, sectionText } from '../../integration/execution/planText';
import { newVolume, openApi, settingsOf } from '../openApi';
import type { OpenStack } from '../openstack';
import { sharedOpenStack } from '../sharedOpenStack';

describe('a plan that asks the APIs of a real OpenStack', () => {
  const clouds = mkdtempSync(join(tmpdir(), 'openstack-zombies-clouds-'));
  const configured = process.env.OS_CLIENT_CONFIG_FILE;
  let cloud: OpenStack;
  let api: OpenStackApi;
  let product: Zombies;
  let flavor: string;

  before(async () => {
    cloud = await sharedOpenStack();
    api = await openApi(settingsOf(cloud, cloud.admin), []);
    process.env.OS_CLIENT_CONFIG_FILE = join(clouds, 'clouds.yaml');
    cloud.writeCloudsYaml(process.env.OS_CLIENT_CONFIG_FILE);
    const { databaseUrls, database, hosts } = cloud;
    const ssh = {
      user: 'root' as const,
      port: 1,
      keyFile: '/dev/null',
      knownHostsFile: '/dev/null',
      addresses: {},
    };
    product = productOn(
      { database: { apiUrl: databaseUrls.api, password: database.password }, ssh },
      // nobody listens there: what no host is named for is judged by the databases
      {
        hosts: Object.fromEntries(hosts.map(({ name }) => [name, '127.0.0.1'])),
        openstack: { cloud: 'zed' },
      },
      { thresholds: () => ({ ...defaultThresholds, buildingMinutes: 0 }) },
    );
    const body = { flavor: { name: 'nowhere', vcpus: 1, ram: 64_000_000, disk: 1 } };
    const made = await cloud.session.must<{ flavor: { id: string } }>('compute', 'POST', '/flavors', body);
    flavor = made.flavor.id;
  });

  after(async () => {
    if (configured === undefined) delete process.env.OS_CLIENT_CONFIG_FILE;
    else process.env.OS_CLIENT_CONFIG_FILE = configured;
    rmSync(clouds, { recursive: true });
    await cloud.session.must('compute', 'DELETE', `/flavors/${flavor}`);
    api.close();
  });

  /** An instance that no host could take: it stays in cell0, and no host is named for it anywhere. */
  async function withoutHost(name: string): Promise<string> {
    const { server } = await cloud.session.must<{ server: { id: string } }>('compute', 'POST', '/servers', {
      server: { name, flavorRef: flavor, imageRef: cloud.resources.image, networks: 'none' },
    });
    await waitFor(`${name} has no host`, 60, async () => {
      return (await api.compute.server(server.id))?.vmState === 'error';
    });
    return server.id;
  }

  /** A port that Nova made for it, as the cached network info tells. */
  async function givePort(uuid: string): Promise<string> {
    const { port } = await cloud.session.must<{ port: { id: string } }>('network', 'POST', '/v2.0/ports', {
      port: { network_id: cloud.resources.network, device_id: uuid, device_owner: 'compute:nova' },
    });
    const cached = JSON.stringify([{ id: port.id, network: { subnets: [] }, preserve_on_delete: false }]);
    await cloud.database.sql(
      `INSERT INTO instance_info_caches (created_at, instance_uuid, network_info, deleted)
        VALUES (UTC_TIMESTAMP(), '${uuid}', '${cached}', 0)
        ON DUPLICATE KEY UPDATE network_info = '${cached}'`,
      'nova_cell0',
    );
    return port.id;
  }

  async function giveVolume(uuid: string): Promise<{ volume: string; attachment: string }> {
    const volume = await newVolume(cloud, api, 'left');
    await cloud.session.must('volumev3', 'POST', '/attachments', {
      attachment: { instance_uuid: uuid, volume_uuid: volume },
    });
    const attachment = (await api.blockStorage.attachments(uuid)).items[0]?.id ?? assert.fail();
    await cloud.database.sql(
      `INSERT INTO block_device_mapping (created_at, instance_uuid, volume_id, attachment_id, uuid,
          source_type, destination_type, device_name, deleted)
        VALUES (UTC_TIMESTAMP(), '${uuid}', '${volume}', '${attachment}', '${randomUUID()}',
          'volume', 'volume', '/dev/vdb', 0)`,
      'nova_cell0',
    );
    return { volume, attachment };
  }

  async function draft(uuid: string, depth?: Depth): Promise<string> {
    const { found } = await product.lookUp(cloudName, [uuid]);
    assert.equal(found[0]?.suspect?.kind, 'build-failed', JSON.stringify(found));
    const { text, refused } = await product.draft(cloudName, [uuid], depth ? { depth } : {});
    assert.deepEqual(refused, []);
    return fillIn(text);
  }

  async function run(text: string): Promise<SectionReport> {
    const { sections } = await product.run(text);
    return sections[0] ?? assert.fail();
  }

  it('deletes a server, the official way first, and sees it gone', async () => {
    const uuid = await withoutHost('by-the-api');
    const text = await draft(uuid);
    assert.match(text, new RegExp(`-- @api do="delete-server" id="${uuid}"`));
    assert.ok(!text.includes('@unit'));
    const dry = await product.dryRun(text);
    assert.equal(dry.sections[0]?.steps[0]?.outcome, 'rolled-back', JSON.stringify(dry.sections));
    assert.ok(await api.compute.server(uuid));
    const section = await run(text);
    assert.deepEqual([section.outcome, section.gone], ['done', true], JSON.stringify(section));
    assert.equal(await api.compute.server(uuid), undefined);
    const [row] = await cloud.database.sql(
      `SELECT deleted = id FROM instances WHERE uuid = '${uuid}'`,
      'nova_cell0',
    );
    assert.deepEqual(row, ['1']);
  });

  it('deletes a port and an attachment before it marks the row', async () => {
    const uuid = await withoutHost('by-its-rows');
    const port = await givePort(uuid);
    const { volume, attachment } = await giveVolume(uuid);
    const text = await draft(uuid, 'mark-deleted');
    assert.ok(text.includes(`do="delete-port" id="${port}"`), text);
    assert.ok(text.includes(`do="delete-attachment" id="${attachment}"`), text);
    const dry = await product.dryRun(text);
    assert.ok(
      dry.sections[0]?.steps.every(({ outcome }) => outcome === 'rolled-back'),
      JSON.stringify(dry),
    );
    assert.ok(await api.network.port(port));
    const section = await run(text);
    assert.deepEqual([section.outcome, section.gone], ['done', true], JSON.stringify(section));
    assert.equal(await api.network.port(port), undefined);
    assert.deepEqual((await api.blockStorage.attachments(uuid)).items, []);
    assert.equal((await api.blockStorage.volume(volume))?.status, 'available');
    assert.equal(await api.compute.server(uuid), undefined);
    await cloud.session.must('volumev3', 'DELETE', `/volumes/${volume}`);
  });

  it('leaves the rows when the port was given to another meanwhile', async () => {
    const uuid = await withoutHost('given-away');
    const port = await givePort(uuid);
    const text = await draft(uuid, 'mark-deleted');
    await cloud.session.must('network', 'PUT', `/v2.0/ports/${port}`, { port: { device_id: randomUUID() } });
    const section = await run(text);
    assert.deepEqual([section.outcome, section.problem?.code], ['refused', 'stale-evidence']);
    assert.equal((await api.compute.server(uuid))?.vmState, 'error');
    assert.ok(await api.network.port(port));
    await cloud.session.must('network', 'DELETE', `/v2.0/ports/${port}`);
    await cloud.deleteInstance(uuid);
  });

  // Its hosts cannot be read here, so what is on one is unknown to the product: the judgement is taken as given.
  describe('about an instance on a host', () => {
    let context: RunContext;

    before(async () => {
      const { databaseUrls, database } = cloud;
      const rows = await database.sql(
        'SELECT uuid, id, name, database_connection FROM cell_mappings',
        'nova_api',
      );
      context = contextFrom(
        {
          database: { ...database, apiUrl: databaseUrls.api, placementUrl: databaseUrls.placement },
          ssh: { user: 'root', port: 1, keyFile: '/dev/null', knownHostsFile: '/dev/null', addresses: {} },
          cells: rows.map(([uuid = '', id, name = '', url = '']) => {
            return { uuid, id: Number(id), name, url, disabled: false };
          }),
          folder: mkdtempSync(join(tmpdir(), 'openstack-zombies-runs-')),
        },
        { openstack: { cloud: 'zed' } },
      );
    });

    async function runSection(section: string): Promise<SectionReport> {
      const text = planText(context, section);
      const report = await runPlan(parse(text), text, { ...context, look: bearingOut(text) }, {});
      return report.sections[0] ?? assert.fail();
    }

    const request = (attributes: Record<string, string>): string => directive('api', attributes);

    it('takes allocations at one provider, and then all', async () => {
      const { placement } = api;
      const { items } = await placement.resourceProviders();
      const [first, second] = items.map(({ uuid }) => uuid);
      assert.ok(first && second);
      const consumer = randomUUID();
      const projectId = await cloud.session.projectId();
      await cloud.session.must('placement', 'PUT', `/allocations/${consumer}`, {
        allocations: { [first]: { resources: { VCPU: 1 } }, [second]: { resources: { VCPU: 1 } } },
        consumer_generation: null,
        project_id: projectId,
        user_id: projectId,
      });
      const one = request({ do: 'unset-allocation', consumer, provider: second });
      assert.equal((await runSection(sectionText(consumer, one))).outcome, 'done');
      assert.deepEqual([...(await placement.allocations(consumer)).providers.keys()], [first]);
      const all = request({ do: 'delete-allocations', consumer });
      assert.equal((await runSection(sectionText(consumer, all))).outcome, 'done');
      assert.equal((await placement.allocations(consumer)).owner, undefined);
    });

    it('deletes anew what hangs in deleting, which a delete alone does not', async () => {
      const { id } = await cloud.createInstance({ name: 'hangs', host: 'compute-11' });
      await cloud.database.sql(
        `UPDATE instances SET task_state = 'deleting' WHERE uuid = '${id}'`,
        'nova_cell1',
      );
      context = { ...context, serverWait: { pollMs: 500, mostMs: 5_000 } };
      const again = request({ do: 'delete-server', id });
      const ignored = await runSection(apiSectionText(id, again));
      assert.equal(ignored.outcome, 'failed', JSON.stringify(ignored));
      assert.match(ignored.problem?.message ?? '', /still there: .*task_state deleting/);
      context = { ...context, serverWait: { pollMs: 500, mostMs: 60_000 } };
      const reset = request({ do: 'reset-state', id, state: 'error' });
      const section = await runSection(apiSectionText(id, reset, again));
      assert.equal(section.outcome, 'done', JSON.stringify(section));
      assert.equal(await api.compute.server(id), undefined);
      assert.deepEqual((await api.network.ports({ deviceId: id })).items, []);
      assert.equal((await api.placement.allocations(id)).owner, undefined);
    });
  });
});
