import { bulkHistory } from '../../cloud/bulkHistory';
import { loadSchema } from '../../cloud/demoCloud';
import type { Database } from '../../cloud/database/mariadb';
import { waitFor } from '../../cloud/ports';

export const cellSchema = 'nova_cell1';
export const apiSchema = 'nova_api';
const host = 'compute-02';
const hostUuid = '91d5a6de-2f0e-4f0c-8d7c-6f9d1b1b3c55';
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
export const version = 2;

/**
 * A cloud of one cell. What was soft-deleted had no host in the end, and what is live among it, if anything is, lies on
 * a VMware: no host has to be read.
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

/** Every so manieth was never deleted, and is on a host. */
async function revive(server: Database, every: number): Promise<void> {
  const marked = cellTables.filter((table) => !table.startsWith('instance_actions'));
  const active = `, cleaned = 0, vm_state = 'active', power_state = 1, host = '${host}', node = '${host}'`;
  for (const table of marked) {
    const more = table === 'instances' ? active : '';
    // MariaDB gives columns their new values one after the other: `deleted` last, as it is what is asked for.
    await server.sql(
      `UPDATE ${table} SET deleted_at = NULL${more}, deleted = 0
        WHERE deleted <> 0 AND MOD(deleted, ${every}) = 0`,
      cellSchema,
    );
  }
  const isLive = `IN (SELECT uuid FROM ${cellSchema}.instances WHERE deleted = 0)`;
  await server.sql(
    `UPDATE instance_actions SET action = 'resize' WHERE action = 'delete' AND instance_uuid ${isLive}`,
    cellSchema,
  );
  await server.sql(
    `UPDATE ${apiTable} SET queued_for_delete = 0 WHERE instance_uuid ${isLive};
     INSERT INTO request_specs (created_at, instance_uuid, spec)
       SELECT created_at, uuid, '{}' FROM ${cellSchema}.instances WHERE deleted = 0;
     INSERT INTO host_mappings (cell_id, host) VALUES (2, '${host}')`,
    apiSchema,
  );
  await server.sql(
    `INSERT INTO services (host, \`binary\`, topic, report_count, disabled, forced_down, version, uuid, deleted)
       VALUES ('${host}', 'nova-compute', 'compute', 1, 0, 0, 66, '${hostUuid}', 0);
     INSERT INTO compute_nodes (host, hypervisor_hostname, host_ip, uuid, hypervisor_type, hypervisor_version,
         cpu_info, mapped, vcpus, memory_mb, local_gb, vcpus_used, memory_mb_used, local_gb_used, deleted)
       VALUES ('${host}', '${host}', '127.0.0.1', '${hostUuid}', 'VMware vCenter Server', 7002000, '{}', 1, 64, 1, 1, 0, 0, 0, 0)`,
    cellSchema,
  );
  await server.sql(
    `SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO'; INSERT INTO resource_classes (id, name) VALUES (0, 'VCPU');
     INSERT INTO resource_providers (id, uuid, name, generation, root_provider_id)
       VALUES (1, '${hostUuid}', '${host}', 1, 1);
     INSERT INTO projects (id, external_id) VALUES (1, 'a project');
     INSERT INTO users (id, external_id) VALUES (1, 'a user');
     INSERT INTO consumers (uuid, project_id, user_id, generation)
       SELECT uuid, 1, 1, 1 FROM ${cellSchema}.instances WHERE deleted = 0;
     INSERT INTO allocations (resource_provider_id, consumer_id, resource_class_id, used)
       SELECT 1, uuid, 0, 1 FROM ${cellSchema}.instances WHERE deleted = 0`,
    'placement',
  );
}

/** Nothing is left to be done in the background: each copy begins at rest. */
async function settleDown(server: Database): Promise<void> {
  await server.sql(
    `SET GLOBAL innodb_io_capacity_max = 20000; SET GLOBAL innodb_io_capacity = 20000;
     SET GLOBAL innodb_max_dirty_pages_pct_lwm = 0; SET GLOBAL innodb_max_dirty_pages_pct = 0`,
  );
  await waitFor('the server to come to rest', 120, async () => {
    const status = await server.sql(
      `SHOW GLOBAL STATUS WHERE Variable_name IN ('Innodb_history_list_length', 'Innodb_buffer_pool_pages_dirty')`,
    );
    return status.every(([, value]) => Number(value) < 100);
  });
}

/** Each start has another port and another password, and the host has just reported. */
export async function settle(server: Database): Promise<void> {
  const { port, user, password } = server;
  const url = `mysql+pymysql://${user}:${password}@127.0.0.1:${port}`;
  await server.sql(`UPDATE cell_mappings SET database_connection = CONCAT('${url}/nova_', name)`, apiSchema);
  await server.sql('UPDATE services SET last_seen_up = UTC_TIMESTAMP()', cellSchema);
}

/** Rejects unless the rows of the live instances are there, and nothing else: 24 of each, and none in Nova's shadows. */
export async function requirePurged(server: Database, live: number): Promise<void> {
  const rows = new Map<string, number>();
  const shadows = await server.sql(`SHOW TABLES LIKE 'shadow\\_%'`, cellSchema);
  for (const table of [...cellTables, ...shadows.flat()]) {
    rows.set(table, await count(server, `${cellSchema}.${table}`));
  }
  rows.set(apiTable, await count(server, `${apiSchema}.${apiTable}`));
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

async function count(server: Database, table: string): Promise<number> {
  return Number((await server.sql(`SELECT COUNT(*) FROM ${table}`))[0]?.[0]);
}
