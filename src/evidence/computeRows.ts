import type { Connection } from '../cloud/database/connection';
import type { Schema } from '../model/schema';
import { tableOf } from './schema';
import { hasColumn, selectList } from './sql';
import { integerOf, textOf, timeOf, uuidOf } from './values';

interface ComputeRow {
  /** UUID of the cell */
  readonly cell: string;
  readonly id: number;
  /** null before the release that gave it one */
  readonly uuid: string | null;
  readonly host: string;
}

/** A nova-compute of `services`. */
export interface ServiceRow extends ComputeRow {
  readonly table: 'services';
  readonly lastSeenUp: string | null;
  readonly disabled: boolean;
  readonly forcedDown: boolean;
}

/** A row of `compute_nodes`. */
export interface NodeRow extends ComputeRow {
  readonly table: 'compute_nodes';
  readonly hypervisorHostname: string;
  readonly type: string;
  readonly ip: string | null;
}

/** What a cell knows of its compute hosts: rows that are not soft-deleted, a few for each host. */
export interface ComputeRows {
  readonly services: readonly ServiceRow[];
  readonly nodes: readonly NodeRow[];
}

export async function readComputeRows(
  connection: Connection,
  cell: string,
  schema: Schema,
  signal?: AbortSignal,
): Promise<ComputeRows> {
  return {
    services: await readServices(connection, cell, schema, signal),
    nodes: await readNodes(connection, cell, schema, signal),
  };
}

/** All cells' as one. */
export function allComputeRows(cells: readonly ComputeRows[]): ComputeRows {
  return {
    services: cells.flatMap(({ services }) => services),
    nodes: cells.flatMap(({ nodes }) => nodes),
  };
}

async function readServices(
  connection: Connection,
  cell: string,
  schema: Schema,
  signal: AbortSignal | undefined,
): Promise<ServiceRow[]> {
  const services = tableOf(schema, 'services');
  const seen = hasColumn(services, 'last_seen_up') ? 'last_seen_up' : 'updated_at';
  const columns = selectList(services, ['id', 'uuid', 'host', seen, 'disabled', 'forced_down']);
  const sql = `SELECT ${columns} FROM services
    WHERE deleted = 0 AND \`binary\` = 'nova-compute' AND host IS NOT NULL ORDER BY id`;
  return (await connection.query(sql, [], signal)).map((row) => ({
    table: 'services',
    cell,
    id: integerOf(row.id),
    uuid: row.uuid === null ? null : uuidOf(row.uuid),
    host: String(row.host),
    lastSeenUp: timeOf(row[seen]),
    disabled: integerOf(row.disabled) !== 0,
    forcedDown: integerOf(row.forced_down) !== 0,
  }));
}

async function readNodes(
  connection: Connection,
  cell: string,
  schema: Schema,
  signal: AbortSignal | undefined,
): Promise<NodeRow[]> {
  const wanted = ['id', 'uuid', 'host', 'hypervisor_hostname', 'hypervisor_type', 'host_ip'];
  const columns = selectList(tableOf(schema, 'compute_nodes'), wanted);
  const sql = `SELECT ${columns} FROM compute_nodes WHERE deleted = 0 ORDER BY id`;
  return (await connection.query(sql, [], signal)).map((row) => {
    const hypervisorHostname = textOf(row.hypervisor_hostname) ?? '';
    return {
      table: 'compute_nodes',
      cell,
      id: integerOf(row.id),
      uuid: row.uuid === null ? null : uuidOf(row.uuid),
      host: textOf(row.host) ?? hypervisorHostname,
      hypervisorHostname,
      type: textOf(row.hypervisor_type) ?? '',
      ip: textOf(row.host_ip),
    };
  });
}
