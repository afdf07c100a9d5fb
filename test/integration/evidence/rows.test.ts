import assert from 'node:assert/strict';
import { readContents } from '../../../src/evidence/contents';
import { readDossiers } from '../../../src/evidence/dossiers';
import { findInstances } from '../../../src/evidence/find';
import { survey, type Survey } from '../../../src/evidence/survey';
import { readTraces } from '../../../src/evidence/traces';
import type { Dossier } from '../../../src/model/dossier';
import { OperatorError } from '../../../src/model/errors';
import { tablesOf } from '../../../src/model/instanceTables';
import type { DemoCloud, Planted } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { accessTo, options } from './accessTo';

const databaseOf: Readonly<Record<string, string>> = {
  cell0: 'nova_cell0',
  cell1: 'nova_cell1',
  cell2: 'nova_cell2',
};

describe('what is read of single instances', function () {
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

  const planted = (matches: (planted: Planted) => boolean): Planted => {
    const found = cloud.planted.find(matches);
    assert.ok(found);
    return found;
  };

  const oneOf = async (sql: string): Promise<string> => {
    const [[value] = []] = await cloud.sql(sql);
    assert.ok(value && value !== 'NULL', sql);
    return value;
  };

  describe('a dossier', () => {
    it('has the live row, the mapping, the domain and the directory of a healthy instance', async () => {
      const sql =
        "SELECT uuid FROM nova_cell1.instances WHERE host = 'compute-01' AND vm_state = 'active' AND deleted = 0 AND task_state IS NULL";
      const uuids = (await cloud.sql(sql)).flatMap(([uuid]) => uuid ?? []);
      const dossiers = await read(...uuids);
      const whole = [...dossiers.values()].filter(({ domains, directories }) => domains[0] && directories[0]);
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

    it('has soft-deleted rows, and the cells whose shadow tables have the instance', async () => {
      const deleted = await oneOf('SELECT uuid FROM nova_cell1.instances WHERE deleted <> 0 LIMIT 1');
      const shadow = await oneOf('SELECT uuid FROM nova_cell1.shadow_instances LIMIT 1');
      const dossiers = await read(deleted, shadow);
      assert.notEqual(dossiers.get(deleted)?.rows[0]?.deleted, 0);
      assert.equal(dossiers.get(shadow)?.rows.length, 0);
      assert.equal(dossiers.get(shadow)?.shadowCells.length, 1);
    });

    it('has migrations, delete actions and volumes as the tables have them', async () => {
      const migrated = await oneOf(
        'SELECT instance_uuid FROM nova_cell1.migrations WHERE deleted = 0 LIMIT 1',
      );
      const asked = await oneOf(
        "SELECT instance_uuid FROM nova_cell1.instance_actions WHERE action = 'delete' LIMIT 1",
      );
      const attached = await oneOf(
        'SELECT instance_uuid FROM nova_cell1.block_device_mapping WHERE deleted = 0 AND volume_id IS NOT NULL LIMIT 1',
      );
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
      const waiting = await oneOf('SELECT instance_uuid FROM nova_api.build_requests LIMIT 1');
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
      const uuid =
        await oneOf(`SELECT consumer_id FROM placement.allocations a JOIN placement.resource_providers p
        ON p.id = a.resource_provider_id WHERE p.name = 'compute-02' LIMIT 1`);
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
  });

  describe('the second look', () => {
    it('sees what has changed since the first', async () => {
      const uuid = await oneOf(
        "SELECT uuid FROM nova_cell1.instances WHERE host = 'compute-01' AND deleted = 0 LIMIT 1",
      );
      await cloud.sql(`UPDATE nova_cell1.instances SET task_state = 'rebuilding' WHERE uuid = '${uuid}'`);
      assert.equal((await read(uuid)).get(uuid)?.rows[0]?.taskState, 'rebuilding');
    });

    it('gives a cell its gap when it fails now, and claims no leftover of the API database', async () => {
      const cell = seen.cells.find(({ name }) => name === 'cell2');
      assert.ok(cell);
      const orphan = planted(({ kind, cell: of }) => kind === 'rows-without-parent' && of === 'cell1');
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

  describe('the contents of the databases', () => {
    it('count every row of every declared table, and the live ones', async () => {
      const subjects = cloud.planted.filter(({ expect, cell }) => expect !== 'none' && cell !== undefined);
      const contents = await readContents(
        accessTo(cloud),
        seen.cells,
        subjects.map(({ uuid }) => uuid),
      );
      assert.ok(subjects.length > 10);
      const nameById = new Map(seen.cells.map(({ uuid, name }) => [uuid, databaseOf[name] ?? '']));
      for (const { uuid } of subjects) {
        for (const { database, schema, counts, instance, mapping } of contents.get(uuid) ?? []) {
          const name = nameById.get(database) ?? 'nova_api';
          assert.equal(schema.name, name);
          for (const { table, column } of tablesOf(name === 'nova_api' ? 'api' : 'cell').filter(
            (of) => !of.through,
          )) {
            const columns = schema.tables.get(table)?.columns.map((of) => of.name) ?? [];
            if (!columns.includes(column)) {
              continue;
            }
            const live = columns.includes('deleted') ? 'SUM(deleted = 0)' : 'NULL';
            const [[all, alive] = []] = await cloud.sql(
              `SELECT COUNT(*), ${live} FROM ${name}.${table} WHERE ${column} = '${uuid}'`,
            );
            assert.equal(String(counts.get(table) ?? 0), all, `${name}.${table}`);
            assert.equal(String(counts.get(`${table}:live`) ?? 'NULL'), alive, `${name}.${table} live`);
          }
          const [[row, mapped] = []] = await cloud.sql(
            `SELECT (SELECT COUNT(*) FROM ${name === 'nova_api' ? 'nova_cell0' : name}.instances WHERE uuid = '${uuid}'),
               (SELECT COUNT(*) FROM nova_api.instance_mappings WHERE instance_uuid = '${uuid}')`,
          );
          if (name === 'nova_api') {
            assert.equal(mapping ? '1' : '0', mapped);
          } else {
            assert.equal(instance ? '1' : '0', row);
          }
        }
      }
    });

    it('count events through the actions, and give the ids of these', async () => {
      const { uuid } = planted(({ kind, cell }) => kind === 'stuck-deleting' && cell === 'cell1');
      const contents = await readContents(accessTo(cloud), seen.cells, [uuid]);
      const content = contents.get(uuid)?.find(({ instance }) => instance);
      const ids = await cloud.sql(
        `SELECT id FROM nova_cell1.instance_actions WHERE instance_uuid = '${uuid}' ORDER BY id`,
      );
      const [[events] = []] = await cloud.sql(`SELECT COUNT(*) FROM nova_cell1.instance_actions_events
        WHERE action_id IN (${ids.flat().join(', ')})`);
      assert.deepEqual(content?.ids?.get('instance_actions')?.map(String), ids.flat());
      assert.equal(String(content.counts.get('instance_actions_events')), events);
      assert.notEqual(events, '0');
    });

    it('are of the databases that mention the instance, the cells before the API database', async () => {
      const { uuid } = planted(({ kind, cell }) => kind === 'stuck-deleting' && cell === 'cell1');
      const contents = (await readContents(accessTo(cloud), seen.cells, [uuid])).get(uuid) ?? [];
      const cell = seen.cells.find(({ name }) => name === 'cell1');
      assert.deepEqual(
        contents.map(({ database }) => database),
        [cell?.uuid, 'api'],
      );
    });

    it('have the foreign keys, primary keys and types of the server', async () => {
      const { uuid } = planted(({ kind, cell }) => kind === 'stuck-deleting' && cell === 'cell1');
      const [content] = (await readContents(accessTo(cloud), seen.cells, [uuid])).get(uuid) ?? [];
      const table = content?.schema.tables.get('instance_info_caches');
      assert.deepEqual(table?.primaryKey, ['id']);
      assert.deepEqual(
        table.foreignKeys.map(({ columns, referencedTable, referencedColumns }) => [
          columns,
          referencedTable,
          referencedColumns,
        ]),
        [[['instance_uuid'], 'instances', ['uuid']]],
      );
      assert.match(table.columns.find(({ name }) => name === 'instance_uuid')?.type ?? '', /^varchar\(36\)/);
    });

    it('are not there at all when a database cannot be read', async () => {
      const cell = seen.cells.find(({ name }) => name === 'cell2');
      assert.ok(cell);
      const broken = accessTo(cloud, {
        cells: { [cell.uuid]: `mysql://nova@127.0.0.1:${cloud.database.port}/placement` },
      });
      await assert.rejects(readContents(broken, seen.cells, []), (error) =>
        OperatorError.is(error, 'not-a-nova-database'),
      );
    });
  });

  describe('looking up', () => {
    it('finds a UUID in whatever source has it', async () => {
      const terms = [
        await oneOf('SELECT uuid FROM nova_cell2.instances WHERE deleted = 0 LIMIT 1'),
        await oneOf('SELECT uuid FROM nova_cell1.instances WHERE deleted <> 0 LIMIT 1'),
        await oneOf('SELECT uuid FROM nova_cell1.shadow_instances LIMIT 1'),
        planted(({ kind }) => kind === 'rows-without-parent').uuid,
        planted(({ kind, host }) => kind === 'domain-without-instance' && host === 'compute-06').uuid,
        planted(({ kind }) => kind === 'leftover-directory').uuid,
      ];
      const found = await findInstances(accessTo(cloud), seen, terms);
      assert.deepEqual(
        [...found],
        terms.map((term) => [term, [term]]),
      );
    });

    it('finds instances by a fixed IP and by the whole name', async () => {
      const [row] = await cloud.sql(
        "SELECT instance_uuid, network_info FROM nova_cell1.instance_info_caches WHERE network_info LIKE '%172.20.69.%' LIMIT 1",
      );
      const [, address = ''] = /"(172\.20\.69\.\d+)"/.exec(row?.[1] ?? '') ?? [];
      const { name, uuid } = planted(
        ({ kind, expect }) => kind === 'stuck-deleting' && expect === 'confirmed',
      );
      const found = await findInstances(accessTo(cloud), seen, [
        address,
        name,
        name.slice(0, -1),
        name.toUpperCase(),
      ]);
      assert.ok(found.get(address)?.includes(row?.[0] ?? ''));
      assert.ok(found.get(name)?.includes(uuid));
      assert.deepEqual([found.get(name.slice(0, -1)), found.get(name.toUpperCase())], [[], []]);
    });

    it('does not take an address for the beginning of another', async () => {
      const found = await findInstances(accessTo(cloud), seen, ['172.20.6', '172.20.69.0']);
      assert.deepEqual([...found.values()], [[], []]);
    });

    it('finds every name, also one that is full of marks', async () => {
      const names = (
        await cloud.sql('SELECT uuid, display_name FROM nova_cell1.instances WHERE deleted = 0')
      ).filter(([, name = '']) => /[^\w .-]/.test(name));
      assert.ok(names.length > 2);
      const found = await findInstances(
        accessTo(cloud),
        seen,
        names.map(([, name = '']) => name),
      );
      for (const [uuid = '', name = ''] of names) {
        assert.ok(found.get(name)?.includes(uuid), name);
      }
    });
  });

  describe('all traces', () => {
    it('are every row that a dump of all databases has of the instance, and the events of its actions', async () => {
      const { uuid } = planted(({ kind, cell }) => kind === 'stuck-deleting' && cell === 'cell1');
      const traces = await readTraces(accessTo(cloud), seen, uuid);
      const dump = await cloud.dumpInstance(uuid);
      const inDump = lines(dump).filter((line) => line.includes(uuid)).length;
      const rows = traces
        .filter(({ table }) => table !== 'instance_actions_events')
        .flatMap((trace) => trace.rows);
      assert.equal(rows.length, inDump, dump);
      assert.ok(traces.some(({ table }) => table === 'instance_actions_events'));
    });

    it('show no secret', async () => {
      const uuid = await oneOf(`SELECT instance_uuid FROM nova_cell1.block_device_mapping
        WHERE connection_info IS NOT NULL AND deleted = 0 LIMIT 1`);
      await cloud.sql(`UPDATE nova_cell1.instances SET user_data = 'hunter2', key_data = 'hunter2' WHERE uuid = '${uuid}';
        UPDATE nova_cell1.block_device_mapping SET connection_info = 'hunter2' WHERE instance_uuid = '${uuid}';
        INSERT INTO nova_cell1.instance_system_metadata (instance_uuid, \`key\`, value, deleted)
          VALUES ('${uuid}', 'password_0', 'hunter2', 0)`);
      const text = JSON.stringify(await readTraces(accessTo(cloud), seen, uuid));
      assert.ok(text.includes(uuid));
      assert.ok(!text.includes('hunter2'));
      assert.match(text, /hidden, 7 characters/);
    });
  });
});

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

function sorted(leftovers: Dossier['leftovers']): string[] {
  return leftovers.map(({ database, table, rows }) => `${database} ${table} ${rows}`).sort();
}
