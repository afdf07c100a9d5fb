import { isLive, hosts } from './cell';
import { insert, instanceUuid, uuidOf } from './sql';

const when = 'UTC_TIMESTAMP() - INTERVAL 40 DAY';
const cell = uuidOf("'cell'");
const project = "MD5(CONCAT('project', MOD(s.seq, 50)))";

/** The rows of the API database: every instance that has a row in the cell is mapped to it. */
export function apiRows(count: number, cellUrl: string): string[] {
  return [
    `INSERT INTO cell_mappings (id, uuid, name, transport_url, database_connection, disabled) VALUES
      (1, '00000000-0000-0000-0000-000000000000', 'cell0', 'none:///', '${cellUrl}/nova_cell0', 0),
      (2, ${cell}, 'cell1', 'none:///', '${cellUrl}/nova_cell1', 0)`,
    insert(
      'host_mappings',
      { created_at: when, cell_id: '2', host: "CONCAT('compute-', s.seq - 1)" },
      { to: hosts },
    ),
    insert(
      'instance_mappings',
      {
        ...{ created_at: when, instance_uuid: instanceUuid, cell_id: '2', project_id: project },
        ...{ user_id: project, queued_for_delete: `NOT (${isLive})` },
      },
      { to: count },
    ),
    insert(
      'request_specs',
      { created_at: when, instance_uuid: instanceUuid, spec: "'{}'" },
      { to: count, where: isLive },
    ),
  ];
}

/** What the live instances hold of three resource classes, each on the provider of its host. */
export function placementRows(count: number): string[] {
  const provider = `1 + MOD(s.seq DIV 10, ${hosts})`;
  const live = { to: count, where: isLive };
  return [
    `INSERT INTO resource_classes (id, name) VALUES (0, 'VCPU'), (1, 'MEMORY_MB'), (2, 'DISK_GB')`,
    `INSERT INTO projects (id, external_id) VALUES (1, 'a project')`,
    `INSERT INTO users (id, external_id) VALUES (1, 'a user')`,
    `INSERT INTO consumer_types (id, name) VALUES (1, 'INSTANCE')`,
    insert(
      'resource_providers',
      {
        ...{ id: 's.seq', created_at: when, uuid: uuidOf("'node'", 's.seq') },
        ...{ name: "CONCAT('compute-', s.seq - 1)", generation: '1', root_provider_id: 's.seq' },
      },
      { to: hosts },
    ),
    insert(
      'consumers',
      {
        ...{ created_at: when, uuid: instanceUuid, project_id: '1', user_id: '1' },
        ...{ generation: '1', consumer_type_id: '1' },
      },
      live,
    ),
    ...[0, 1, 2].map((resource) =>
      insert(
        'allocations',
        {
          ...{ created_at: when, resource_provider_id: provider, consumer_id: instanceUuid },
          ...{ resource_class_id: String(resource), used: '1' },
        },
        live,
      ),
    ),
  ];
}
