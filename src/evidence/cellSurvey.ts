import type { CellMapping } from '../cloud/access';
import type { Connection } from '../cloud/database/connection';
import type { InstanceRow } from '../model/facts';
import type { Schema } from '../model/schema';
import { instanceRow, selectInstances } from './instanceRows';
import { streamCellLeftovers, type FoundLeftover } from './leftovers';
import { tableOf } from './schema';
import { hasColumn, selectList } from './sql';
import { integerOf, textOf, timeOf } from './values';

/** Soft-deleted history of one cell, which Nova's own archive_deleted_rows removes. */
export interface CellBacklog {
  readonly cell: string;
  readonly cellName: string;
  readonly instances: number;
  /** ISO 8601, UTC; absent when there is none */
  readonly oldest?: string;
}

/** A nova-compute of `services`, a row of `compute_nodes` or one of `host_mappings`. */
export interface HostMention {
  readonly host: string;
  /** UUID of the cell that it belongs to; undefined when it is mapped to none that there is */
  readonly cell: string | undefined;
  readonly lastSeenUp?: string;
  readonly node?: {
    readonly hypervisorHostname: string;
    readonly uuid: string | null;
    readonly type: string;
    readonly ip: string | null;
  };
}

/** Takes in what a cell shows, as it comes. */
export interface CellSink {
  row(row: InstanceRow): void;
  host(mention: HostMention): void;
  leftover(found: FoundLeftover): void;
}

/** Reads one cell: hosts, live rows, leftovers, and how much soft-deleted history there is. */
export async function surveyCell(
  connection: Connection,
  cell: CellMapping,
  schema: Schema,
  sink: CellSink,
  signal?: AbortSignal,
): Promise<CellBacklog> {
  await surveyHosts(connection, cell.uuid, schema, sink, signal);
  const live = `${selectInstances(tableOf(schema, 'instances'))} WHERE deleted = 0`;
  await connection.stream(live, [], (row) => sink.row(instanceRow(cell.uuid, row)), signal);
  await streamCellLeftovers(connection, cell.uuid, schema, (found) => sink.leftover(found), signal);
  return readBacklog(connection, cell, signal);
}

async function surveyHosts(
  connection: Connection,
  cell: string,
  schema: Schema,
  sink: CellSink,
  signal: AbortSignal | undefined,
): Promise<void> {
  const services = tableOf(schema, 'services');
  const seen = hasColumn(services, 'last_seen_up') ? 'last_seen_up' : 'updated_at';
  const computes = `SELECT host, ${seen} AS seen FROM services
    WHERE deleted = 0 AND \`binary\` = 'nova-compute' AND host IS NOT NULL`;
  for (const row of await connection.query(computes, [], signal)) {
    const lastSeenUp = timeOf(row.seen);
    sink.host({ host: String(row.host), cell, ...(lastSeenUp ? { lastSeenUp } : {}) });
  }
  const columns = selectList(tableOf(schema, 'compute_nodes'), [
    'host',
    'hypervisor_hostname',
    'uuid',
    'hypervisor_type',
    'host_ip',
  ]);
  for (const row of await connection.query(
    `SELECT ${columns} FROM compute_nodes WHERE deleted = 0`,
    [],
    signal,
  )) {
    const hypervisorHostname = textOf(row.hypervisor_hostname) ?? '';
    sink.host({
      host: textOf(row.host) ?? hypervisorHostname,
      cell,
      node: {
        hypervisorHostname,
        uuid: textOf(row.uuid),
        type: textOf(row.hypervisor_type) ?? '',
        ip: textOf(row.host_ip),
      },
    });
  }
}

async function readBacklog(
  connection: Connection,
  cell: CellMapping,
  signal: AbortSignal | undefined,
): Promise<CellBacklog> {
  const sql = 'SELECT COUNT(*) AS n, MIN(deleted_at) AS oldest FROM instances WHERE deleted <> 0';
  const [row] = await connection.query(sql, [], signal);
  const oldest = timeOf(row?.oldest);
  return {
    cell: cell.uuid,
    cellName: cell.name,
    instances: integerOf(row?.n),
    ...(oldest ? { oldest } : {}),
  };
}
