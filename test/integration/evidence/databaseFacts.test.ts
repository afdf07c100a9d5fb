import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readDossiers } from '../../../src/evidence/dossiers';
import { survey, type Survey } from '../../../src/evidence/survey';
import type { Dossier } from '../../../src/model/dossier';
import type { TableRows } from '../../../src/model/facts';
import { tornInstance } from '../../../src/zombies/rows/tornInstance';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { accessTo, options } from './accessTo';
import { oneOf } from './pick';

describe('what a dossier has of the rows of a cell and of Placement', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;
  let seen: Survey;
  let live: string;
  let deleted: string;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    seen = await survey(accessTo(cloud), options);
    live = await oneOf(
      cloud,
      `SELECT uuid FROM nova_cell1.instances WHERE host = 'compute-01' AND vm_state = 'active' AND deleted = 0
        AND uuid IN (SELECT consumer_id FROM placement.allocations) ORDER BY id LIMIT 1`,
    );
    deleted = await oneOf(
      cloud,
      'SELECT uuid FROM nova_cell1.instances WHERE deleted = id ORDER BY id LIMIT 1',
    );
  });
  after(() => cloud.reset());

  const read = async (uuid: string): Promise<Dossier> => {
    const { dossiers } = await readDossiers(accessTo(cloud), seen, [uuid], options);
    const dossier = dossiers.get(uuid);
    assert.ok(dossier);
    return dossier;
  };
  const cellNamed = (name: string): string => seen.cells.find((cell) => cell.name === name)?.uuid ?? name;

  it('the rows of each table, and those of them that are not marked as deleted', async () => {
    await cloud.sql(
      `UPDATE instance_metadata SET deleted = 0 WHERE instance_uuid = '${deleted}';
       INSERT INTO tags (resource_id, tag) VALUES ('${deleted}', 'kept')`,
      'nova_cell1',
    );
    const of = (tables: readonly TableRows[], table: string): unknown =>
      tables
        .filter((each) => each.table === table)
        .map(({ cell, rows, live: unmarked }) => [cell, rows, unmarked]);
    const { tables } = await read(deleted);
    const cell = cellNamed('cell1');
    assert.deepEqual(of(tables, 'instance_extra'), [[cell, 1, 0]]);
    assert.deepEqual(of(tables, 'instance_metadata'), [[cell, 1, 1]]);
    assert.deepEqual(of(tables, 'tags'), [[cell, 1, 1]]);
    assert.deepEqual(of(tables, 'consoles'), []);
    const events = `SELECT COUNT(*) FROM nova_cell1.instance_actions_events WHERE action_id IN
      (SELECT id FROM nova_cell1.instance_actions WHERE instance_uuid = '${deleted}')`;
    const count = Number(await oneOf(cloud, events));
    assert.ok(count > 0);
    assert.deepEqual(of(tables, 'instance_actions_events'), [[cell, count, count]]);
    assert.deepEqual((await read(deleted)).leftovers, []);
  });

  it('that it has no row where every instance has one, and no more than that', async () => {
    const named = await cloud.sql(`SELECT table_name, column_name FROM information_schema.columns
      WHERE table_schema = 'nova_cell1' AND table_name NOT LIKE 'shadow%' AND table_name <> 'instances'
        AND column_name IN ('instance_uuid', 'resource_id')`);
    const bare = await oneOf(
      cloud,
      `SELECT uuid FROM nova_cell1.instances WHERE deleted = 0 AND vm_state = 'active' AND task_state IS NULL
        AND uuid <> '${live}' AND host = 'compute-01' AND created_at < NOW() - INTERVAL 1 DAY ORDER BY id DESC LIMIT 1`,
    );
    named.push(['instance_id_mappings', 'uuid']);
    const emptied = named.map(([table, column]) => `DELETE FROM \`${table}\` WHERE ${column} = '${bare}'`);
    await cloud.sql(`SET foreign_key_checks = 0; ${emptied.join('; ')}`, 'nova_cell1');
    const cell = cellNamed('cell1');
    assert.deepEqual((await read(bare)).tables, [
      { cell, table: 'instance_info_caches', rows: 0, live: 0 },
      { cell, table: 'instance_extra', rows: 0, live: 0 },
    ]);
    assert.deepEqual((await read(bare)).leftovers, []);
    assert.match(
      tornInstance.judge(await read(bare), seen.scene)?.why ?? '',
      /instance_extra, instance_info_caches/,
    );
    for (const { uuid, tables } of [await read(live), await read(deleted), await read(randomUUID())])
      assert.ok(
        tables.every(({ rows }) => rows > 0),
        uuid,
      );
    assert.equal(tornInstance.judge(await read(live), seen.scene), undefined);
  });

  it('the instances of whose block devices it is the volume, in every cell', async () => {
    const volume = randomUUID();
    const device = (cell: string, uuid: string, mark: number): string =>
      `INSERT INTO nova_${cell}.block_device_mapping (uuid, instance_uuid, volume_id, deleted)
        VALUES (UUID(), '${uuid}', '${volume.toUpperCase()}', ${mark})`;
    const other = await oneOf(cloud, 'SELECT uuid FROM nova_cell2.instances WHERE deleted = 0 LIMIT 1');
    await cloud.sql(
      [device('cell1', deleted, 7), device('cell1', live, 0), device('cell2', other, 0)].join(';'),
    );
    assert.deepEqual((await read(volume)).volumeUsers, [
      { cell: cellNamed('cell1'), instance: live },
      { cell: cellNamed('cell2'), instance: other },
    ]);
    assert.deepEqual((await read(live)).volumeUsers, []);
  });

  it('the PCI devices that name it, with their host where its compute node is there', async () => {
    const device = (host: string, address: string, mark: number): string =>
      `INSERT INTO pci_devices (compute_node_id, address, product_id, vendor_id, dev_type, label, status, instance_uuid, deleted)
        SELECT id, '${address}', '10fb', '8086', 'type-VF', 'l', 'allocated', '${deleted}', ${mark}
        FROM compute_nodes WHERE host = '${host}'`;
    await cloud.sql(
      [
        device('compute-01', '0000:81:00.1', 0),
        device('compute-05', '0000:81:00.2', 0),
        device('compute-01', '0000:81:00.3', 3),
        "UPDATE compute_nodes SET deleted = id WHERE host = 'compute-05'",
      ].join(';'),
      'nova_cell1',
    );
    assert.deepEqual(
      (await read(deleted)).pciDevices.map(({ cell, address, status, host }) => [
        cell,
        address,
        status,
        host,
      ]),
      [
        [cellNamed('cell1'), '0000:81:00.1', 'allocated', 'compute-01'],
        [cellNamed('cell1'), '0000:81:00.2', 'allocated', null],
      ],
    );
  });

  it('when its newest console token expired', async () => {
    const token = (expires: number): string =>
      `INSERT INTO console_auth_tokens (token_hash, console_type, host, port, instance_uuid, expires)
        VALUES (UUID(), 'novnc', 'compute-01', 5900, '${live}', ${expires})`;
    await cloud.sql(`${token(1_700_000_000)};${token(1_600_000_000)}`, 'nova_cell1');
    assert.equal((await read(live)).tokensExpiredAt, '2023-11-14T22:13:20.000Z');
    assert.equal((await read(deleted)).tokensExpiredAt, undefined);
  });

  it('how Placement knows it as a consumer, and when what it holds was written', async () => {
    await cloud.sql(
      `UPDATE allocations SET updated_at = created_at + INTERVAL id SECOND WHERE consumer_id = '${live}'`,
      'placement',
    );
    const [project, created, changed, count] = await Promise.all([
      oneOf(cloud, `SELECT project_id FROM nova_cell1.instances WHERE uuid = '${live}'`),
      oneOf(
        cloud,
        `SELECT DATE_FORMAT(created_at, '%Y-%m-%dT%TZ') FROM placement.consumers WHERE uuid = '${live}'`,
      ),
      oneOf(
        cloud,
        `SELECT DATE_FORMAT(MAX(updated_at), '%Y-%m-%dT%TZ') FROM placement.allocations WHERE consumer_id = '${live}'`,
      ),
      oneOf(cloud, `SELECT COUNT(*) FROM placement.allocations WHERE consumer_id = '${live}'`),
    ]);
    assert.deepEqual((await read(live)).consumer, {
      type: 'INSTANCE',
      projectId: project,
      createdAt: created,
      changedAt: changed,
      allocations: Number(count),
    });
    assert.equal((await read(deleted)).consumer, undefined);
    const empty = randomUUID();
    await cloud.sql(
      `INSERT INTO consumers (uuid, project_id, user_id, generation) VALUES ('${empty}', 1, 1, 1)`,
      'placement',
    );
    assert.equal((await read(empty)).consumer?.allocations, 0);
  });

  it('the migration that stands for its instance as a consumer', async () => {
    const uuid = randomUUID();
    await cloud.sql(`INSERT INTO nova_cell1.migrations (uuid, instance_uuid, status, deleted)
        VALUES ('${uuid}', '${live}', 'migrating', 0);
      INSERT INTO placement.allocations (resource_provider_id, consumer_id, resource_class_id, used)
        VALUES (1, '${uuid}', 1, 1)`);
    assert.deepEqual((await read(uuid)).consumer, {
      allocations: 1,
      migration: { cell: cellNamed('cell1'), instance: live, status: 'migrating', deleted: false },
    });
    assert.equal((await read(live)).consumer?.migration, undefined);
  });

  it('no allocation on a pool of shared storage, which is no machine', async () => {
    const pool = randomUUID();
    await cloud.sql(
      `INSERT INTO resource_providers (id, uuid, name, generation, root_provider_id) VALUES (950, '${pool}', 'pool', 1, 950);
       INSERT INTO traits (id, name) VALUES (950, 'MISC_SHARES_VIA_AGGREGATE');
       INSERT INTO resource_provider_traits (trait_id, resource_provider_id) VALUES (950, 950);
       INSERT INTO allocations (resource_provider_id, consumer_id, resource_class_id, used) VALUES (950, '${live}', 2, 9)`,
      'placement',
    );
    const { allocations, consumer } = await read(live);
    assert.deepEqual(
      allocations.map(({ provider }) => provider),
      ['compute-01'],
    );
    assert.ok(consumer);
    assert.equal((await read(pool)).provider, undefined);
  });

  it('the resource provider that the UUID is that of, and the compute nodes that it may stand for', async () => {
    const uuid = await oneOf(
      cloud,
      "SELECT uuid FROM placement.resource_providers WHERE name = 'compute-02'",
    );
    const count = `SELECT COUNT(DISTINCT consumer_id) FROM placement.allocations a
      JOIN placement.resource_providers p ON p.id = a.resource_provider_id WHERE p.name = 'compute-02'`;
    const fits = await read(uuid);
    assert.deepEqual(fits.provider?.namesakes, [uuid]);
    assert.equal(fits.provider.consumers, Number(await oneOf(cloud, count)));
    assert.ok(fits.provider.createdAt);

    const nested = randomUUID();
    await cloud.sql(
      `INSERT INTO resource_providers (id, uuid, name, generation, root_provider_id, parent_provider_id)
         SELECT 951, '${nested}', 'compute-02_pci', 1, id, id FROM resource_providers WHERE name = 'compute-02';
       INSERT INTO allocations (resource_provider_id, consumer_id, resource_class_id, used) VALUES (951, UUID(), 1, 1);
       UPDATE nova_cell1.compute_nodes SET uuid = UUID() WHERE host = 'compute-02'`,
      'placement',
    );
    const other = await oneOf(cloud, "SELECT uuid FROM nova_cell1.compute_nodes WHERE host = 'compute-02'");
    const misfits = (await read(uuid)).provider;
    assert.deepEqual([misfits?.name, misfits?.namesakes], ['compute-02', [other]]);
    assert.equal(misfits?.consumers, Number(fits.provider.consumers) + 1, 'a nested one counts for its root');
    assert.equal((await read(nested)).provider, undefined, 'it stands for no node of its own');
  });

  it('the compute record that the UUID is that of', async () => {
    const uuid = await oneOf(
      cloud,
      "SELECT uuid FROM nova_cell1.services WHERE host = 'compute-01' AND `binary` = 'nova-compute'",
    );
    const instances = Number(
      await oneOf(
        cloud,
        "SELECT COUNT(*) FROM nova_cell1.instances WHERE deleted = 0 AND host = 'compute-01'",
      ),
    );
    const { computeRecord: service } = await read(uuid);
    assert.ok(service?.id && service.lastSeenUp);
    assert.deepEqual(service, {
      cell: cellNamed('cell1'),
      table: 'services',
      id: service.id,
      host: 'compute-01',
      hypervisorType: 'QEMU',
      lastSeenUp: service.lastSeenUp,
      twins: [],
      hasCounterpart: true,
      instances,
    });

    const twin = randomUUID();
    await cloud.sql(
      `INSERT INTO compute_nodes (vcpus, memory_mb, local_gb, vcpus_used, memory_mb_used, local_gb_used,
         hypervisor_type, hypervisor_version, cpu_info, host, hypervisor_hostname, uuid, deleted)
       SELECT vcpus, memory_mb, local_gb, vcpus_used, memory_mb_used, local_gb_used,
         hypervisor_type, hypervisor_version, cpu_info, 'renamed-01', hypervisor_hostname, '${twin}', 0
       FROM compute_nodes WHERE host = 'compute-01';
       INSERT INTO nova_cell2.services (host, \`binary\`, report_count, deleted, uuid)
       VALUES ('compute-01', 'nova-compute', 1, 0, UUID())`,
      'nova_cell1',
    );
    const first = Number(
      await oneOf(cloud, "SELECT id FROM nova_cell1.compute_nodes WHERE host = 'compute-01'"),
    );
    const node = (await read(twin)).computeRecord;
    assert.deepEqual(
      [node?.table, node?.host, node?.node, node?.twins, node?.hasCounterpart, node?.instances],
      ['compute_nodes', 'renamed-01', 'compute-01', [first], false, 0],
    );
    assert.deepEqual((await read(uuid)).computeRecord?.otherCells, [cellNamed('cell2')]);
    const other = await oneOf(cloud, "SELECT uuid FROM nova_cell2.services WHERE host = 'compute-01'");
    assert.equal((await read(other)).computeRecord?.hasCounterpart, false, 'its node is in another cell');
  });
});
