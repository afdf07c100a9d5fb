import { bulkHistory } from '../../cloud/bulkHistory';
import { loadSchema } from '../../cloud/demoCloud';
import type { Database } from '../../cloud/database/mariadb';
import { waitFor } from '../../cloud/ports';

export const cellSchema = 'nova_cell1';
export const apiSchema = 'nova_api';
const cellUuid = '5b0cf7a2-1f0e-4d2b-9c55-0b4de86b41d7';

/** Children first, so that each can be emptied before what it refers to. */
export const cellTables = [
  ...['instance_actions_events', 'instance_actions', 'instance_info_caches', 'instance_extra'],
  ...['instance_system_metadata', 'block_device_mapping', 'virtual_interfaces'],
  ...['security_group_instance_association', 'migrations', 'instances'],
] as const;
export const apiTable = 'instance_mappings';

export interface Population {
  readonly deleted: number;
  readonly live: number;
}

/** Raised with every change of the rows that are made. */
export const version = 1;

/**
 * A cloud of one cell without hosts: what is live is shelved and offloaded, what was soft-deleted had no host in the end.
 * The live ones lie among the others, if there are any.
 */
export async function populate(server: Database, { deleted, live }: Population): Promise<void> {
  await loadSchema(server, apiSchema, 'zed', 'nova_api');
  await loadSchema(server, 'nova_cell0', 'zed', 'nova');
  await loadSchema(server, cellSchema, 'zed', 'nova');
  await loadSchema(server, 'placement', 'zed', 'placement');
  await server.sql(
    `INSERT INTO cell_mappings (id, uuid, name, transport_url, database_connection, disabled) VALUES
      (1, '00000000-0000-0000-0000-000000000000', 'cell0', 'none:///', '', 0),
      (2, '${cellUuid}', 'cell1', 'none:///', '', 0)`,
    apiSchema,
  );
  const instances = deleted + live;
  const facts = { schema: cellSchema, api: apiSchema, cellId: 2, after: 0, host: 'compute-01' };
  await server.sql(bulkHistory({ ...facts, instances }), cellSchema);
  await server.sql('UPDATE instances SET host = NULL, node = NULL', cellSchema);
  if (live > 0) await revive(server, Math.round(instances / live));
  await server.sql(`ANALYZE TABLE ${cellTables.join(', ')}`, cellSchema);
  await server.sql(`ANALYZE TABLE ${apiTable}`, apiSchema);
  await settleDown(server);
}

/** Every so manieth was never deleted. */
async function revive(server: Database, every: number): Promise<void> {
  const isLive = `deleted <> 0 AND MOD(deleted, ${every}) = 0`;
  const marked = cellTables.filter((table) => !table.startsWith('instance_actions'));
  for (const table of marked) {
    const more =
      table === 'instances' ? ", cleaned = 0, vm_state = 'shelved_offloaded', power_state = 4" : '';
    // MariaDB gives columns their new values one after the other: `deleted` last, as it is what is asked for.
    await server.sql(`UPDATE ${table} SET deleted_at = NULL${more}, deleted = 0 WHERE ${isLive}`, cellSchema);
  }
  await server.sql(
    `UPDATE ${apiTable} SET queued_for_delete = 0
      WHERE instance_uuid IN (SELECT uuid FROM ${cellSchema}.instances WHERE deleted = 0)`,
    apiSchema,
  );
}

/** Nothing is left to be done in the background: each copy begins at rest. */
async function settleDown(server: Database): Promise<void> {
  await server.sql(
    'SET GLOBAL innodb_max_dirty_pages_pct_lwm = 0; SET GLOBAL innodb_max_dirty_pages_pct = 0',
  );
  await waitFor('the server to come to rest', 120, async () => {
    const status = await server.sql(
      `SHOW GLOBAL STATUS WHERE Variable_name IN ('Innodb_history_list_length', 'Innodb_buffer_pool_pages_dirty')`,
    );
    return status.every(([, value]) => Number(value) < 100);
  });
}

/** Each start has another port and another password. */
export async function settle({ port, user, password, sql }: Database): Promise<void> {
  const url = `mysql+pymysql://${user}:${password}@127.0.0.1:${port}`;
  await sql(`UPDATE cell_mappings SET database_connection = CONCAT('${url}/nova_', name)`, apiSchema);
}

/** Rejects unless the rows of the live instances are there, and nothing else: 24 of each, and none in Nova's shadows. */
export async function requirePurged({ sql }: Database, live: number): Promise<void> {
  const rows = new Map<string, number>();
  const shadows = await sql(`SHOW TABLES LIKE 'shadow\\_%'`, cellSchema);
  for (const table of [...cellTables, ...shadows.flat()]) {
    rows.set(table, await count(sql, `${cellSchema}.${table}`));
  }
  rows.set(apiTable, await count(sql, `${apiSchema}.${apiTable}`));
  const each: Readonly<Record<string, number>> = {
    instance_system_metadata: 10,
    instance_actions: 3,
    instance_actions_events: 3,
  };
  for (const [table, found] of rows) {
    const wanted = table.startsWith('shadow_') ? 0 : live * (each[table] ?? 1);
    if (found !== wanted) throw new Error(`${table} has ${found} rows after the purge, and not ${wanted}`);
  }
}

async function count(sql: Database['sql'], table: string): Promise<number> {
  return Number((await sql(`SELECT COUNT(*) FROM ${table}`))[0]?.[0]);
}
