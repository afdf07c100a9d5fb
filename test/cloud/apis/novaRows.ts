import type { Database } from '../database/mariadb';
import { cells, type DatabaseName } from '../population/world';
import { quoted, readRows } from './rows';

/** A live row of `instances` in one cell. */
export interface ServerRow {
  readonly database: DatabaseName;
  readonly values: Readonly<Record<(typeof columns)[number], string | null>>;
}

const columns = [
  ...['id', 'uuid', 'display_name', 'project_id', 'user_id', 'host', 'node', 'vm_state', 'task_state'],
  ...['power_state', 'locked', 'created_at', 'updated_at', 'launched_at', 'terminated_at', 'hostname'],
  ...['availability_zone', 'deleted', 'hidden'],
] as const;

const cellDatabases = cells.map(({ database }) => database as DatabaseName);

/** The rows of all cells as a list of servers has them: hidden copies are left out. */
export async function allServers(database: Database, deleted: boolean): Promise<ServerRow[]> {
  const found = await Promise.all(
    cellDatabases.map((cell) => inCell(database, cell, `deleted ${deleted ? '<>' : '='} 0 AND hidden = 0`)),
  );
  return found.flat().sort((a, b) => order(b).localeCompare(order(a)));
}

/** Newest first, as Nova sorts by created_at, descending. */
function order({ values }: ServerRow): string {
  return `${values.created_at ?? ''} ${values.uuid ?? ''}`;
}

/**
 * A server as Nova finds one by its UUID: in the cell that the mapping names, and nowhere else; while the mapping names
 * none, only its build request makes it known (nova/compute/api.py, _get_instance, Zed).
 */
export async function oneServer(
  database: Database,
  uuid: string,
): Promise<ServerRow | 'requested' | undefined> {
  const [mapping] = await readRows(
    database,
    ['cell_id'],
    `nova_api.instance_mappings WHERE instance_uuid = ${quoted(uuid)}`,
  );
  if (mapping === undefined) return undefined;
  const cell = cells.find(({ id }) => String(id) === mapping.cell_id);
  if (cell !== undefined) {
    const where = `deleted = 0 AND uuid = ${quoted(uuid)}`;
    return (await inCell(database, cell.database as DatabaseName, where))[0];
  }
  const requests = await readRows(
    database,
    ['id'],
    `nova_api.build_requests WHERE instance_uuid = ${quoted(uuid)}`,
  );
  return requests.length > 0 ? 'requested' : undefined;
}

/** UUID of the instance and id of the attachment, for each volume that a live row names. */
export async function attachedVolumes(
  database: Database,
  uuids: readonly string[],
): Promise<{ server: string; volume: string; attachment: string }[]> {
  if (uuids.length === 0) return [];
  const list = uuids.map(quoted).join(', ');
  const found = await Promise.all(
    cellDatabases.map((cell) =>
      readRows(
        database,
        ['instance_uuid', 'volume_id', 'attachment_id'],
        `${cell}.block_device_mapping WHERE deleted = 0 AND volume_id IS NOT NULL AND instance_uuid IN (${list})`,
      ),
    ),
  );
  return found.flat().map((row) => ({
    server: row.instance_uuid ?? '',
    volume: row.volume_id ?? '',
    attachment: row.attachment_id ?? '',
  }));
}

async function inCell(database: Database, cell: DatabaseName, where: string): Promise<ServerRow[]> {
  const rows = await readRows(database, columns, `${cell}.instances WHERE ${where}`);
  return rows.map((values) => ({ database: cell, values }));
}

/** The services of all cells, or the compute nodes with the service of their host. */
export async function allServices(database: Database): Promise<Readonly<Record<string, string | null>>[]> {
  const found = await Promise.all(
    cellDatabases.map((cell) =>
      readRows(
        database,
        ['id', 'uuid', 'host', 'binary', 'disabled', 'disabled_reason', 'last_seen_up', 'forced_down'],
        `${cell}.services WHERE deleted = 0`,
      ),
    ),
  );
  return found.flat();
}

export async function allNodes(database: Database): Promise<Readonly<Record<string, string | null>>[]> {
  const found = await Promise.all(
    cellDatabases.map((cell) =>
      readRows(
        database,
        ['id', 'uuid', 'host', 'hypervisor_hostname', 'hypervisor_type', 'hypervisor_version', 'host_ip'],
        `${cell}.compute_nodes WHERE deleted = 0`,
      ),
    ),
  );
  return found.flat();
}
