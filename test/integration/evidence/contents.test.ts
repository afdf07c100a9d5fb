import assert from 'node:assert/strict';
import { readContents } from '../../../src/evidence/contents';
import { survey, type Survey } from '../../../src/evidence/survey';
import { OperatorError } from '../../../src/model/errors';
import { tablesOf } from '../../../src/model/instanceTables';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { accessTo, options } from './accessTo';
import { planted } from './pick';

describe('the contents of the databases', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;
  let seen: Survey;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    seen = await survey(accessTo(cloud), options);
  });

  it('count every row of every declared table, and the live ones', async () => {
    const subjects = cloud.planted.filter(({ expect, cell }) => expect !== 'none' && cell !== undefined);
    const contents = await readContents(
      accessTo(cloud),
      seen.cells,
      subjects.map(({ uuid }) => uuid),
    );
    assert.ok(subjects.length > 10);
    const nameById = new Map(seen.cells.map(({ uuid, name }) => [uuid, `nova_${name}`]));
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
    const { uuid } = planted(cloud, ({ kind, cell }) => kind === 'stuck-deleting' && cell === 'cell1');
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
    const { uuid } = planted(cloud, ({ kind, cell }) => kind === 'stuck-deleting' && cell === 'cell1');
    const contents = (await readContents(accessTo(cloud), seen.cells, [uuid])).get(uuid) ?? [];
    const cell = seen.cells.find(({ name }) => name === 'cell1');
    assert.deepEqual(
      contents.map(({ database }) => database),
      [cell?.uuid, 'api'],
    );
  });

  it('have the foreign keys, primary keys and types of the server', async () => {
    const { uuid } = planted(cloud, ({ kind, cell }) => kind === 'stuck-deleting' && cell === 'cell1');
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
