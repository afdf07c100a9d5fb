import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudAccess } from '../../../src/cloud/access';
import { readDossiers } from '../../../src/evidence/dossiers';
import { survey, type Survey } from '../../../src/evidence/survey';
import type { Dossier } from '../../../src/model/dossier';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { accessTo, options } from './accessTo';
import { oneOf, planted } from './pick';

describe('the dossiers of instances', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;
  let seen: Survey;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    seen = await survey(accessTo(cloud), options);
  });

  const read = async (...uuids: readonly string[]): Promise<ReadonlyMap<string, Dossier>> =>
    (await readDossiers(accessTo(cloud), seen, uuids, options)).dossiers;

  it('has the live row, the mapping, the domain and the directory of a healthy instance', async () => {
    const sql =
      "SELECT uuid FROM nova_cell1.instances WHERE host = 'compute-01' AND vm_state = 'active' AND deleted = 0 AND task_state IS NULL";
    const fine = new Set(cloud.planted.filter(({ expect }) => expect === 'none').map(({ uuid }) => uuid));
    const uuids = (await cloud.sql(sql)).flatMap(([uuid = '']) => (fine.has(uuid) ? uuid : []));
    const dossiers = await read(...uuids);
    const whole = [...dossiers.values()].filter(
      ({ domains, directories, migrations }) => domains[0] && directories[0] && migrations.length === 0,
    );
    assert.ok(whole.length > 5);
    for (const { uuid, rows, mapping, ports, allocations, leftovers } of whole) {
      assert.deepEqual(
        rows.map((row) => [row.uuid, row.host, row.deleted]),
        [[uuid, 'compute-01', 0]],
      );
      assert.equal(mapping?.cell, rows[0]?.cell);
      assert.deepEqual(leftovers, []);
      assert.ok(ports.length === 0 || ports.every(({ addresses }) => addresses.length > 0), uuid);
      assert.ok(
        allocations.every(({ provider }) => provider === 'compute-01'),
        uuid,
      );
    }
    assert.ok(whole.some(({ ports }) => ports.length > 0));
    assert.ok(whole.some(({ allocations }) => allocations.length > 0));
  });

  it('has the rows of an instance in the order of the cells, whichever answers first', async () => {
    const { uuid } = planted(cloud, ({ name }) => name === 'in-both-cells');
    const access = accessTo(cloud);
    for (const slow of ['cell1', 'cell2']) {
      const slowed: CloudAccess = {
        ...access,
        openCell: async (cell, signal) => {
          if (cell.name === slow) await sleep(300);
          return access.openCell(cell, signal);
        },
      };
      const { dossiers } = await readDossiers(slowed, seen, [uuid], options);
      const names = dossiers
        .get(uuid)
        ?.rows.map((row) => seen.cells.find((cell) => cell.uuid === row.cell)?.name);
      assert.deepEqual(names, ['cell1', 'cell2'], `${slow} is slow`);
    }
  });

  it('has soft-deleted rows, and the cells whose shadow tables have the instance', async () => {
    const deleted = await oneOf(cloud, 'SELECT uuid FROM nova_cell1.instances WHERE deleted <> 0 LIMIT 1');
    const shadow = await oneOf(cloud, 'SELECT uuid FROM nova_cell1.shadow_instances LIMIT 1');
    const dossiers = await read(deleted, shadow);
    assert.notEqual(dossiers.get(deleted)?.rows[0]?.deleted, 0);
    assert.equal(dossiers.get(shadow)?.rows.length, 0);
    assert.equal(dossiers.get(shadow)?.shadowCells.length, 1);
  });

  it('has migrations, delete actions and volumes as the tables have them', async () => {
    const migrated = await oneOf(
      cloud,
      'SELECT instance_uuid FROM nova_cell1.migrations WHERE deleted = 0 LIMIT 1',
    );
    const asked = await oneOf(
      cloud,
      "SELECT instance_uuid FROM nova_cell1.instance_actions WHERE action = 'delete' LIMIT 1",
    );
    const attached = await oneOf(
      cloud,
      'SELECT instance_uuid FROM nova_cell1.block_device_mapping WHERE deleted = 0 AND volume_id IS NOT NULL LIMIT 1',
    );
    await cloud.sql(`INSERT INTO nova_cell1.block_device_mapping (instance_uuid, volume_id, destination_type, deleted)
      VALUES ('${attached}', UUID(), 'volume', 999)`);
    const dossiers = await read(migrated, asked, attached);
    const same = async (uuid: string, sql: string, facts: readonly unknown[]): Promise<void> => {
      const rows = await cloud.sql(`${sql.replace('?', `'${uuid}'`)} ORDER BY id`);
      assert.ok(rows.length > 0);
      assert.deepEqual(facts, rows);
    };
    await same(
      migrated,
      'SELECT status, migration_type, source_compute, dest_compute FROM nova_cell1.migrations WHERE instance_uuid = ?',
      (dossiers.get(migrated)?.migrations ?? []).map((of) =>
        [of.status, of.type, of.sourceCompute, of.destCompute].map((value) => value ?? 'NULL'),
      ),
    );
    await same(
      asked,
      "SELECT action FROM nova_cell1.instance_actions WHERE action = 'delete' AND instance_uuid = ?",
      (dossiers.get(asked)?.deleteActions ?? []).map(({ action }) => [action]),
    );
    await same(
      attached,
      "SELECT volume_id FROM nova_cell1.block_device_mapping WHERE deleted = 0 AND destination_type = 'volume' AND instance_uuid = ?",
      (dossiers.get(attached)?.volumes ?? []).map(({ volumeId }) => [volumeId]),
    );
  });

  it('has the build request of an instance that waits for a host, and none of its rows as leftovers', async () => {
    const waiting = await oneOf(cloud, 'SELECT instance_uuid FROM nova_api.build_requests LIMIT 1');
    const dossier = (await read(waiting)).get(waiting);
    assert.ok(dossier?.buildRequestedAt);
    assert.deepEqual(dossier.leftovers, []);
  });

  it('has the same leftovers as the survey', async () => {
    const glimpses = [...seen.glimpses.values()].filter(({ leftovers }) => leftovers.length > 0);
    const dossiers = await read(...glimpses.map(({ uuid }) => uuid));
    for (const { uuid, leftovers } of glimpses) {
      assert.deepEqual(sorted(dossiers.get(uuid)?.leftovers ?? []), sorted(leftovers), uuid);
    }
  });

  it('traces an allocation to the name of the host, also from a nested provider', async () => {
    const uuid = await oneOf(
      cloud,
      `SELECT consumer_id FROM placement.allocations a JOIN placement.resource_providers p
      ON p.id = a.resource_provider_id WHERE p.name = 'compute-02' LIMIT 1`,
    );
    await cloud.sql(`UPDATE placement.resource_providers SET name = 'compute-02.example.org' WHERE name = 'compute-02';
      INSERT INTO placement.resource_providers (id, uuid, name, generation, root_provider_id, parent_provider_id)
        SELECT 900, UUID(), 'compute-02_pci', 1, id, id FROM placement.resource_providers WHERE name = 'compute-02.example.org';
      INSERT INTO placement.allocations (resource_provider_id, consumer_id, resource_class_id, used) VALUES (900, '${uuid}', 1, 1)`);
    assert.deepEqual(
      (await read(uuid)).get(uuid)?.allocations.map(({ provider }) => provider),
      ['compute-02'],
    );
  });

  it('is there for a UUID of which nothing is known', async () => {
    const nobody = '11111111-2222-4333-8444-555555555555';
    assert.deepEqual((await read(nobody)).get(nobody)?.rows, []);
  });

  describe('the second look', () => {
    it('sees what has changed since the first', async () => {
      const uuid = await oneOf(
        cloud,
        "SELECT uuid FROM nova_cell1.instances WHERE host = 'compute-01' AND deleted = 0 LIMIT 1",
      );
      await cloud.sql(`UPDATE nova_cell1.instances SET task_state = 'rebuilding' WHERE uuid = '${uuid}'`);
      assert.equal((await read(uuid)).get(uuid)?.rows[0]?.taskState, 'rebuilding');
    });

    it('gives a cell its gap when it fails now, and claims no leftover of the API database', async () => {
      const cell = seen.cells.find(({ name }) => name === 'cell2');
      assert.ok(cell);
      const healthy = seen.cells.find(({ name }) => name === 'cell1')?.uuid;
      const orphan = [...seen.glimpses.values()].find(({ leftovers }) =>
        ['api', healthy].every((id) => leftovers.some(({ database }) => database === id)),
      );
      assert.ok(orphan);
      const broken = accessTo(cloud, {
        cells: { [cell.uuid]: `mysql://nova@127.0.0.1:${cloud.database.port}/placement` },
      });
      const { dossiers, scene } = await readDossiers(broken, seen, [orphan.uuid], options);
      const gaps = scene.sources.filter(({ kind, complete }) => kind === 'cell' && !complete);
      assert.deepEqual(
        gaps.map(({ name, gap }) => [name, gap?.code]),
        [['cell2', 'not-a-nova-database']],
      );
      const leftovers = dossiers.get(orphan.uuid)?.leftovers ?? [];
      assert.ok(leftovers.length > 0);
      assert.ok(leftovers.every(({ database }) => database !== 'api'));
    });

    it('keeps the gap of a cell that the survey did not read', async () => {
      const sources = seen.scene.sources.map((source) =>
        source.name === 'cell1'
          ? {
              ...source,
              complete: false,
              gap: { code: 'unreachable' as const, message: 'down', action: 'wait' },
            }
          : source,
      );
      const before = { ...seen, scene: { ...seen.scene, sources } };
      const { scene } = await readDossiers(accessTo(cloud), before, [], options);
      assert.equal(scene.sources.find(({ name }) => name === 'cell1')?.complete, false);
      assert.equal(scene.sources.find(({ name }) => name === 'cell2')?.complete, true);
    });
  });
});

function sorted(leftovers: Dossier['leftovers']): string[] {
  return leftovers.map(({ database, table, rows }) => `${database} ${table} ${rows}`).sort();
}
