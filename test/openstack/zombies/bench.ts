import assert from 'node:assert/strict';
import { waitFor } from '../../cloud/ports';
import { computeOf, type NewInstance, type OpenStack } from '../openstack';

type Database = 'nova_api' | 'nova_cell0' | 'nova_cell1' | 'nova_cell2' | 'placement';

/** What lets things go wrong in an OpenStack. */
export class Bench {
  private conductor: Promise<void> | undefined;
  private readonly lost = new Map<string, Promise<void>>();

  constructor(readonly cloud: OpenStack) {}

  /** An instance that is ACTIVE on its host. */
  async instance(name: string, host: string, wanted: Partial<NewInstance> = {}): Promise<string> {
    const made = await this.cloud.createInstance({ name, host, ...wanted });
    assert.deepEqual([made.status, made.host], ['ACTIVE', host], `${name} was not built`);
    return made.id;
  }

  sql(database: Database, statement: string): Promise<readonly (readonly (string | null)[])[]> {
    return this.cloud.database.sql(statement, database);
  }

  /** Runs a command on a host with libvirt, as its root would. */
  async on(host: string, command: string): Promise<string> {
    const { code, stdout, stderr } = await this.cloud.hypervisors.get(host).run(command);
    assert.equal(code, 0, `${command} on ${host}: ${stderr}`);
    return stdout;
  }

  /** Runs a command that a plan tells to run by hand. */
  async command(line: string): Promise<void> {
    const [program, ...args] = line.split(' ');
    const { code, stderr } =
      program === 'nova-manage' ? await this.cloud.novaManage(args) : await this.cloud.openstack(args);
    assert.equal(code, 0, `${line}: ${stderr}`);
  }

  act(uuid: string, action: Readonly<Record<string, unknown>>): Promise<unknown> {
    return this.cloud.session.must('compute', 'POST', `/servers/${uuid}/action`, action);
  }

  /** Waits until Nova says so of an instance, and nothing is being done with it. */
  async untilStatus(uuid: string, status: string): Promise<void> {
    await waitFor(`${uuid} is ${status}`, 180, async () => {
      const found = await this.cloud.readInstance(uuid);
      return found?.status === status && found.taskState === null;
    });
  }

  /** Waits until Nova's cache has a port of the instance. */
  untilCached(uuid: string): Promise<void> {
    const statement = `SELECT 1 FROM instance_info_caches WHERE instance_uuid = '${uuid}' AND network_info <> '[]'`;
    return waitFor(`the cache of ${uuid} has a port`, 90, async () => {
      return (await this.sql('nova_cell1', statement)).length > 0;
    });
  }

  /** A host loses its nova-compute as in a power loss, and Nova has seen it: for good. */
  loseCompute(host: string): Promise<void> {
    const losing = this.lost.get(host) ?? this.killCompute(host);
    this.lost.set(host, losing);
    return losing;
  }

  /** Deletes an instance whose host is lost: Nova does what it can without its nova-compute. */
  async deleteWithout(host: string, uuid: string): Promise<void> {
    await this.loseCompute(host);
    await this.cloud.deleteInstance(uuid);
  }

  /** As `nova-manage db archive_deleted_rows` does it for all cells; it answers 1 when there was something to do. */
  async archiveAndPurge(): Promise<void> {
    const { code, stderr } = await this.cloud.novaManage([
      ...['db', 'archive_deleted_rows', '--until-complete', '--all-cells', '--purge'],
    ]);
    assert.ok(code <= 1, stderr);
  }

  /** Nobody schedules any more, until `recover`. */
  loseConductor(): Promise<void> {
    this.conductor ??= this.cloud.kill('nova-conductor');
    return this.conductor;
  }

  /** An instance is asked for, and nova-conductor will not hear of it. */
  async buildLost(name: string): Promise<string> {
    const uuid = await this.waitingBuild(name);
    await this.cloud.loseMessages('conductor');
    return uuid;
  }

  /** An instance is asked for while nobody schedules: its build waits in the broker. */
  async waitingBuild(name: string): Promise<string> {
    await this.loseConductor();
    const { flavor: flavorRef, image: imageRef } = this.cloud.resources;
    const { server } = await this.cloud.session.must<{ server: { id: string } }>(
      'compute',
      'POST',
      '/servers',
      { server: { name, flavorRef, imageRef, networks: 'none' } },
    );
    return server.id;
  }

  /** nova-conductor works again. */
  async recover(): Promise<void> {
    await this.loseConductor();
    await this.cloud.start('nova-conductor');
    this.conductor = undefined;
  }

  /** Placement holds resources for a consumer on these hosts, and on no others. */
  async allocate(consumer: string, hosts: readonly string[]): Promise<void> {
    const { session } = this.cloud;
    // the API tells it of a consumer that holds something, and asks for it of any that is there
    const [row] = await this.sql('placement', `SELECT generation FROM consumers WHERE uuid = '${consumer}'`);
    const { resource_providers: providers } = await session.must<{
      resource_providers: { uuid: string; name: string }[];
    }>('placement', 'GET', '/resource_providers');
    const held = { resources: { VCPU: 1, MEMORY_MB: 64 } };
    const projectId = await session.projectId();
    await session.must('placement', 'PUT', `/allocations/${consumer}`, {
      allocations: Object.fromEntries(
        providers.filter(({ name }) => hosts.includes(name)).map(({ uuid }) => [uuid, held]),
      ),
      consumer_generation: row === undefined ? null : Number(row[0]),
      project_id: projectId,
      user_id: projectId,
    });
  }

  /** A volume of 1 GiB that is ready for use. */
  async volume(name: string): Promise<string> {
    const { volume } = await this.cloud.session.must<{ volume: { id: string } }>(
      'volumev3',
      'POST',
      '/volumes',
      { volume: { name, size: 1 } },
    );
    await this.untilVolume(volume.id, 'available');
    return volume.id;
  }

  /** A volume that is attached to the instance. */
  async attached(uuid: string, name: string): Promise<string> {
    const volume = await this.volume(name);
    await this.cloud.session.must('compute', 'POST', `/servers/${uuid}/os-volume_attachments`, {
      volumeAttachment: { volumeId: volume },
    });
    await this.untilVolume(volume, 'in-use');
    return volume;
  }

  private async untilVolume(id: string, status: string): Promise<void> {
    await waitFor(`volume ${id} is ${status}`, 90, async () => {
      const { volume } = await this.cloud.session.must<{ volume: { status: string } }>(
        'volumev3',
        'GET',
        `/volumes/${id}`,
      );
      return volume.status === status;
    });
  }

  private async killCompute(host: string): Promise<void> {
    await this.cloud.kill(computeOf(host));
    await waitFor(`${host} is down`, 90, async () => {
      const path = `/os-services?binary=nova-compute&host=${host}`;
      const { services } = await this.cloud.session.must<{ services: { state: string }[] }>(
        'compute',
        'GET',
        path,
      );
      return services[0]?.state === 'down';
    });
  }
}
