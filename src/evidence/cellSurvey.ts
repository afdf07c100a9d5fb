import type { CellMapping } from '../cloud/access';
import type { Connection } from '../cloud/database/connection';
import type { LiveRow } from '../model/facts';
import type { ComputeNode, HostFacts } from '../model/scene';
import type { Schema } from '../model/schema';
import type { Sign } from '../model/sign';
import { readComputeRows, type ComputeRows } from './computeRows';
import { LiveRows } from './liveRows';
import { readAll, type CellRead } from './cellReads';
import { cellLeftovers, type FoundLeftover } from './leftovers';
import { tableOf } from './schema';
import { signsOfCell, type CellSearch } from './signs/cellSigns';
import { integerOf, timeOf } from './values';

/** Soft-deleted history of one cell, which Nova's own archive_deleted_rows removes. */
export interface CellBacklog {
  readonly cell: string;
  readonly cellName: string;
  readonly instances: number;
  /** ISO 8601, UTC; absent when there is none */
  readonly oldest?: string;
}

export type HostService = NonNullable<HostFacts['service']>;

/** A nova-compute of `services`, a row of `compute_nodes` or one of `host_mappings`. */
export interface HostMention {
  readonly host: string;
  /** UUID of the cell that it belongs to; undefined when it is mapped to none that there is */
  readonly cell: string | undefined;
  readonly lastSeenUp?: string;
  /** of a nova-compute */
  readonly service?: HostService;
  readonly node?: ComputeNode & { readonly type: string; readonly ip: string | null };
}

/** Takes in what a cell shows, as it comes. */
export interface CellSink {
  row(row: LiveRow): void;
  host(mention: HostMention): void;
  leftover(found: FoundLeftover): void;
  sign(uuid: string, sign: Sign): void;
}

/** What is kept of a cell that was read. */
export interface CellReading {
  readonly computes: ComputeRows;
  readonly backlog: CellBacklog;
}

/**
 * Reads one cell: hosts, live rows, leftovers, signs, and how much soft-deleted history there is.
 *
 * @param beside a second read view, for what need not be of the same moment as the live rows; a large cell takes half
 *   as long with it. What it shows makes candidates only: dossiers decide, in views that are newer than both.
 */
export async function surveyCell(
  connection: Connection,
  beside: Connection | undefined,
  cell: CellMapping,
  schema: Schema,
  search: CellSearch,
  sink: CellSink,
  signal?: AbortSignal,
): Promise<CellReading> {
  const computes = await readComputeRows(connection, cell.uuid, schema, signal);
  for (const mention of mentions(computes)) sink.host(mention);
  const live = new LiveRows(cell.uuid, tableOf(schema, 'instances'));
  const reads: CellRead[] = [
    (own) => own.packets(live.sql, () => (buffer, offset) => sink.row(live.read(buffer, offset)), signal),
    ...cellLeftovers(cell.uuid, schema, (found) => sink.leftover(found)),
    ...signsOfCell(schema, search, (uuid, sign) => sink.sign(uuid, sign)),
  ];
  const [, backlog] = await Promise.all([
    readAll(beside ? [connection, beside] : [connection], reads, signal),
    readBacklog(connection, cell, signal),
  ]);
  return { computes, backlog };
}

function mentions({ services, nodes }: ComputeRows): HostMention[] {
  return [
    ...services.map(({ host, cell, lastSeenUp, disabled, forcedDown }) => ({
      host,
      cell,
      ...(lastSeenUp === null ? {} : { lastSeenUp }),
      service: { disabled, forcedDown },
    })),
    ...nodes.map(({ host, cell, id, hypervisorHostname, uuid, type, ip }) => ({
      host,
      cell,
      node: { cell, id, hypervisorHostname, uuid, type, ip },
    })),
  ];
}

export const backlogSql = 'SELECT COUNT(*) AS n, MIN(deleted_at) AS oldest FROM instances WHERE deleted <> 0';

async function readBacklog(
  connection: Connection,
  cell: CellMapping,
  signal: AbortSignal | undefined,
): Promise<CellBacklog> {
  const [row] = await connection.query(backlogSql, [], signal);
  const oldest = timeOf(row?.oldest);
  return {
    cell: cell.uuid,
    cellName: cell.name,
    instances: integerOf(row?.n),
    ...(oldest ? { oldest } : {}),
  };
}
