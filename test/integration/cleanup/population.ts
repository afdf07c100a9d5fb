import type { DatabaseContent } from '../../../src/model/content';
import type { Database } from '../../cloud/database/mariadb';
import { apiContent, cell1, cellContent, otherUuid, uuid } from '../../unit/cleanup/subjects';

const columns = [
  'id',
  'uuid',
  'deleted',
  'host',
  'node',
  'vm_state',
  'task_state',
  'updated_at',
  'display_name',
];

/** One instance to be cleaned up and a live neighbour, each with rows in the tables that a cell and the API have. */
function population(id: number, of: string, firstAction: number): string {
  return `
    INSERT INTO nova_cell1.instances (${columns.join(', ')})
      VALUES (${id}, '${of}', 0, 'compute-02', 'compute-02.example.org', 'active', 'deleting', '2026-11-09 10:31:07', 'web');
    INSERT INTO nova_cell1.instance_info_caches (instance_uuid, deleted) VALUES ('${of}', 0);
    INSERT INTO nova_cell1.instance_system_metadata (instance_uuid, deleted, \`key\`)
      VALUES ('${of}', 0, 'a'), ('${of}', 0, 'b'), ('${of}', 0, 'c'), ('${of}', 0, 'd'), ('${of}', 77, 'e');
    INSERT INTO nova_cell1.virtual_interfaces (instance_uuid, deleted) VALUES ('${of}', 5), ('${of}', 6);
    INSERT INTO nova_cell1.instance_actions (id, instance_uuid, deleted)
      VALUES (${firstAction}, '${of}', 0), (${firstAction + 1}, '${of}', 0);
    INSERT INTO nova_cell1.instance_actions_events (action_id, deleted)
      VALUES (${firstAction}, 0), (${firstAction}, 0), (${firstAction + 1}, 0);
    INSERT INTO nova_cell1.tags (resource_id, tag) VALUES ('${of}', 'red');
    INSERT INTO nova_cell1.pci_devices (compute_node_id, address, product_id, vendor_id, dev_type, label, status, instance_uuid, deleted)
      VALUES (1, '0000:00:${id}.0', '1', '1', 'type-VF', 'a', 'allocated', '${of}', 0);
    INSERT INTO nova_api.instance_mappings (id, instance_uuid, cell_id, project_id, queued_for_delete)
      VALUES (${id - 22}, '${of}', 2, 'p', 0);
    INSERT INTO nova_api.build_requests (instance_uuid, project_id) VALUES ('${of}', 'p');
    INSERT INTO nova_api.request_specs (instance_uuid, spec) VALUES ('${of}', '{}');
    INSERT INTO nova_api.instance_group_member (instance_uuid, group_id) VALUES ('${of}', 1);`;
}

/** Empties the tables, then puts in the instance of the unit tests and its neighbour. */
export async function repopulate(database: Database): Promise<void> {
  await database.sql(`
    SET foreign_key_checks = 0;
    ${[...subjectTables(cellContent), ...shadowTables(), 'instances'].map((table) => `DELETE FROM nova_cell1.${table};`).join('')}
    DELETE FROM nova_cell1.compute_nodes; DELETE FROM nova_api.instance_groups; DELETE FROM nova_api.cell_mappings;
    ${subjectTables(apiContent)
      .map((table) => `DELETE FROM nova_api.${table};`)
      .join('')}
    SET foreign_key_checks = 1;
    INSERT INTO nova_cell1.compute_nodes (id, vcpus, memory_mb, local_gb, vcpus_used, memory_mb_used, local_gb_used,
      hypervisor_type, hypervisor_version, cpu_info) VALUES (1, 1, 1, 1, 1, 1, 1, 'QEMU', 1, '');
    INSERT INTO nova_api.instance_groups (id, uuid) VALUES (1, 'g');
    INSERT INTO nova_api.cell_mappings (id, uuid, transport_url, database_connection, disabled) VALUES (2, '${cell1}', '', '', 0);
    ${population(29, uuid, 101)}${population(30, otherUuid, 201)}`);
}

/** Every row of every table that a plan may touch. */
export async function dumpTables(database: Database): Promise<string> {
  const tables = [
    ...[...subjectTables(cellContent), ...shadowTables(), 'instances'].map((table) => `nova_cell1.${table}`),
    ...subjectTables(apiContent).map((table) => `nova_api.${table}`),
  ];
  const rows = await Promise.all(
    tables.map(async (table) => [table, await database.sql(`SELECT * FROM ${table}`)]),
  );
  return JSON.stringify(rows);
}

function subjectTables(content: DatabaseContent): string[] {
  return [...content.counts.keys()].filter((key) => !key.includes(':'));
}

function shadowTables(): string[] {
  return subjectTables(cellContent)
    .filter((table) => table !== 'tags')
    .concat('instances')
    .map((table) => `shadow_${table}`);
}
