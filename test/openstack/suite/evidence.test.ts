import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenStackApi } from '../../../src/cloud/openstack/openStackApi';
import { readDossiers } from '../../../src/evidence/dossiers';
import { survey, type Survey } from '../../../src/evidence/survey';
import type { Dossier } from '../../../src/model/dossier';
import type { Sign } from '../../../src/model/sign';
import { waitFor } from '../../cloud/ports';
import { accessTo, options } from '../../integration/evidence/accessTo';
import { createInstance, deleteInstance } from '../instances';
import { newVolume, openApi, settingsOf } from '../openApi';
import type { Instance, OpenStack } from '../openstack';
import { Session } from '../session';
import { sharedOpenStack } from '../sharedOpenStack';
import { withSmallPages } from '../smallPages';

const signs: ReadonlySet<Sign> = new Set<Sign>([
  ...(['port-of-none', 'idle-floating-ip', 'volume-gone', 'attachment-of-none'] as const),
  ...(['volume-without-attachment', 'node-of-none', 'project-gone'] as const),
]);

describe('the services of a real OpenStack as a source of evidence', () => {
  const clouds = mkdtempSync(join(tmpdir(), 'openstack-zombies-clouds-'));
  const configured = process.env.OS_CLIENT_CONFIG_FILE;
  const nobody = randomUUID();
  let cloud: OpenStack;
  let api: OpenStackApi;
  let widen: () => Promise<void>;
  let healthy: Instance;
  let orphan: Instance;
  let projectId: string;
  let port: string;
  let volume: string;
  let attachment: string;
  let stuck: string;
  let lost: string;
  let seen: Survey;

  before(async () => {
    cloud = await sharedOpenStack();
    api = await openApi(settingsOf(cloud, cloud.admin), []);
    process.env.OS_CLIENT_CONFIG_FILE = join(clouds, 'clouds.yaml');
    cloud.writeCloudsYaml(process.env.OS_CLIENT_CONFIG_FILE);
    widen = await withSmallPages(cloud);
    healthy = await cloud.createInstance({ name: 'healthy', host: 'compute-21' });
    orphan = await ofDeletedProject();
    port = await orphanPort();
    volume = await newVolume(cloud, api, 'held');
    attachment = await heldBy(volume, nobody);
    stuck = await newVolume(cloud, api, 'stuck');
    // As Nova reserved volumes before there were attachments: nothing but the status tells of it.
    await cloud.session.must('volumev3', 'POST', `/volumes/${stuck}/action`, { 'os-reserve': {} });
    lost = await loseVolume();
    seen = await look();
  });

  after(async () => {
    if (configured === undefined) delete process.env.OS_CLIENT_CONFIG_FILE;
    else process.env.OS_CLIENT_CONFIG_FILE = configured;
    rmSync(clouds, { recursive: true });
    await cloud.session.must('network', 'DELETE', `/v2.0/ports/${port}`);
    await api.blockStorage.deleteAttachment(attachment);
    await cloud.session.must('volumev3', 'POST', `/volumes/${stuck}/action`, { 'os-unreserve': {} });
    await cloud.database.sql(`DELETE FROM nova_cell2.block_device_mapping WHERE device_name = '/dev/vdz'`);
    await cloud.deleteInstance(healthy.id);
    await deleteInstance(cloud.session, orphan.id);
    for (const id of [volume, stuck]) {
      await waitFor(
        'the volume to be free',
        60,
        async () => (await api.blockStorage.volume(id))?.status === 'available',
      );
      await cloud.session.must('volumev3', 'DELETE', `/volumes/${id}`);
    }
    api.close();
    await widen();
  });

  /** An instance of a project that Keystone has forgotten. */
  async function ofDeletedProject(): Promise<Instance> {
    const { admin, session } = cloud;
    const name = `gone-${randomUUID()}`;
    const must = <T>(method: string, path: string, body?: object): Promise<T> =>
      session.must<T>('identity', method, path, body);
    const { project } = await must<{ project: { id: string } }>('POST', '/projects', {
      project: { name, domain_id: 'default' },
    });
    const { users } = await must<{ users: { id: string }[] }>('GET', `/users?name=${admin.user}`);
    const { roles } = await must<{ roles: { id: string }[] }>('GET', '/roles?name=admin');
    await must('PUT', `/projects/${project.id}/users/${users[0]?.id}/roles/${roles[0]?.id}`);
    const owner = new Session(cloud.authUrl, { ...admin, project: name });
    const made = await createInstance(owner, cloud.resources, { name, host: 'compute-11', port: false });
    assert.equal(made.status, 'ACTIVE');
    await must('DELETE', `/projects/${project.id}`);
    projectId = project.id;
    return made;
  }

  async function orphanPort(): Promise<string> {
    const { port: made } = await cloud.session.must<{ port: { id: string } }>(
      'network',
      'POST',
      '/v2.0/ports',
      {
        port: { network_id: cloud.resources.network, device_id: nobody, device_owner: 'compute:nova' },
      },
    );
    return made.id;
  }

  async function heldBy(volumeId: string, server: string): Promise<string> {
    const body = { attachment: { volume_uuid: volumeId, instance_uuid: server } };
    const path = '/attachments';
    const made = await cloud.session.must<{ attachment: { id: string } }>('volumev3', 'POST', path, body);
    return made.attachment.id;
  }

  /** A volume that Nova believes the healthy instance to have, beside one that it really has. */
  async function loseVolume(): Promise<string> {
    const id = randomUUID();
    for (const volumeId of [id, volume]) {
      await cloud.database.sql(`INSERT INTO nova_cell2.block_device_mapping
        (instance_uuid, volume_id, source_type, destination_type, device_name, deleted, uuid)
        VALUES ('${healthy.id}', '${volumeId}', 'volume', 'volume', '/dev/vdz', 0, UUID())`);
    }
    return id;
  }

  /** The hosts have no SSH here. */
  function access(own: object = {}): ReturnType<typeof accessTo> {
    const ssh = {
      user: 'root' as const,
      port: 1,
      keyFile: '/dev/null',
      knownHostsFile: '/dev/null',
      addresses: {},
    };
    const { databaseUrls, database, hosts } = cloud;
    return accessTo(
      { database: { apiUrl: databaseUrls.api, password: database.password }, ssh },
      {
        hosts: Object.fromEntries(hosts.map(({ name }) => [name, '127.0.0.1'])),
        openstack: { cloud: 'zed' },
        ...own,
      },
    );
  }

  function look(own: object = {}): Promise<Survey> {
    return survey(access(own), { ...options, signs, onlyHosts: [] });
  }

  function signsOf(id: string): readonly Sign[] {
    return [...(seen.glimpses.get(id)?.signs ?? [])];
  }

  async function dossiersOf(
    uuids: readonly string[],
    own: object = {},
  ): Promise<ReadonlyMap<string, Dossier>> {
    const { dossiers, scene } = await readDossiers(access(own), seen, uuids, options);
    for (const { id, kind, gap } of scene.sources) if (kind !== 'host') assert.equal(gap, undefined, id);
    return dossiers;
  }

  it('answer all to the end, and those that are not there are none', () => {
    const sources = seen.scene.sources.filter(({ kind }) => kind !== 'host' && kind !== 'cell');
    assert.deepEqual(
      sources.map(({ id, gap }) => [id, gap?.message]).sort(),
      ['api-database', 'cinder', 'keystone', 'neutron', 'nova', 'placement'].map((id) => [id, undefined]),
    );
  });

  it('show the port, the attachment, the volumes and the instance to which nothing else belongs', () => {
    assert.deepEqual(signsOf(nobody).toSorted(), ['attachment-of-none', 'port-of-none']);
    assert.deepEqual(signsOf(stuck), ['volume-without-attachment']);
    assert.deepEqual(signsOf(volume), []);
    assert.deepEqual(signsOf(orphan.id), ['project-gone']);
    assert.deepEqual(signsOf(healthy.id), ['volume-gone']);
  });

  for (const others of [0, 250]) {
    it(`tell the same of candidates when there are ${others} others`, async () => {
      const strangers = Array.from({ length: others }, () => randomUUID());
      const dossiers = await dossiersOf([nobody, orphan.id, healthy.id, stuck, ...strangers]);
      const of = (id: string): Dossier => dossiers.get(id) ?? assert.fail(id);
      const [found] = of(nobody).neutronPorts;
      assert.deepEqual([of(nobody).neutronPorts.length, found?.id, found?.host], [1, port, undefined]);
      assert.match(`${found?.createdAt} ${found?.updatedAt}`, /^20\d\d-\S+Z 20\d\d-\S+Z$/);
      assert.deepEqual(of(nobody).attachments, [
        {
          id: attachment,
          volumeId: volume,
          status: 'reserved',
          volumeStatus: 'reserved',
          multiattach: false,
        },
      ]);
      assert.deepEqual([of(nobody).novaApi, of(healthy.id).novaApi], ['absent', 'present']);
      assert.deepEqual([of(orphan.id).projectGone, of(healthy.id).projectGone], [true, false]);
      assert.equal(of(orphan.id).rows[0]?.projectId, projectId);
      assert.deepEqual(of(healthy.id).missingVolumes, [lost]);
      const [bound] = of(healthy.id).neutronPorts;
      assert.deepEqual([bound?.host, bound?.status], ['compute-21', 'ACTIVE']);
      const { status, sizeGib, attachments } = of(stuck).volume ?? assert.fail();
      assert.deepEqual([status, sizeGib, attachments], ['attaching', 1, 0]);
    });

    it(`and Placement too, by its API, when there are ${others} others`, async () => {
      const strangers = Array.from({ length: others }, () => randomUUID());
      const broken = { placementDatabase: cloud.databaseUrls.cell0 };
      const again = await look(broken);
      assert.equal(again.scene.sources.find(({ id }) => id === 'placement')?.complete, true);
      const byApi = (await dossiersOf([healthy.id, ...strangers], broken)).get(healthy.id);
      const byRows = (await dossiersOf([healthy.id])).get(healthy.id);
      assert.equal(byApi?.allocations.length, 1);
      assert.deepEqual(byApi.allocations, byRows?.allocations);
    });
  }
});
