import { identifier, literal } from '../../cleanup/literal';
import { mayGo } from '../../cleanup/history/statements';
import { presentTables } from '../../cleanup/tables';
import type { Connection, Row } from '../../cloud/database/connection';
import type { Schema } from '../../model/schema';
import type { HistoryRow } from './heldBack';

/** Ids of `instances`, both inclusive. */
export interface IdRange {
  readonly from: number;
  readonly to: number;
}

export interface Candidate extends HistoryRow {
  readonly id: number;
}

export interface Search {
  readonly schema: Schema;
  /** UUID of the cell */
  readonly cell: string;
  readonly before: string;
  readonly unreadHosts: readonly string[];
}

/** The next instances of a range that may go, as far as their own rows say. Locks nothing. */
export async function nextCandidates(
  connection: Connection,
  search: Search,
  { from, to }: IdRange,
  limit: number,
  signal?: AbortSignal,
): Promise<Candidate[]> {
  const sql = `${select(search)} AND id BETWEEN ? AND ? ORDER BY id LIMIT ${limit}`;
  return (await connection.query(sql, [from, to], signal)).map(candidate);
}

/** All of them, as they come. */
export function streamCandidates(
  connection: Connection,
  search: Search,
  { from, to }: IdRange,
  take: (candidate: Candidate) => void,
  signal?: AbortSignal,
): Promise<void> {
  const sql = `${select(search)} AND id BETWEEN ? AND ?`;
  return connection.stream(sql, [from, to], (row) => take(candidate(row)), signal);
}

function select({ schema, cell, before, unreadHosts }: Search): string {
  const inventory = presentTables(schema, cell).filter(({ treatment }) => treatment === 'detach');
  const conditions = [...mayGo(schema, before, inventory), ...movedAt(schema, unreadHosts)];
  const name = `${identifier(schema.name)}.instances`;
  return `SELECT id, uuid, host, project_id FROM ${name} FORCE INDEX (PRIMARY) WHERE ${conditions.join(' AND ')}`;
}

/** A host that can not be asked may still have a domain of what moved away from it, or failed to move there. */
function movedAt(schema: Schema, hosts: readonly string[]): string[] {
  if (hosts.length === 0 || !schema.tables.has('migrations')) return [];
  const list = hosts.map((host) => literal(host)).join(', ');
  return [
    `NOT EXISTS (SELECT 1 FROM ${identifier(schema.name)}.migrations m WHERE m.instance_uuid = instances.uuid
      AND (m.source_compute IN (${list}) OR m.dest_compute IN (${list})))`,
  ];
}

function candidate({ id, uuid, host, project_id: project }: Row): Candidate {
  const text = (value: Row[string] | undefined): string | null =>
    value === null || value === undefined ? null : String(value);
  return { id: Number(id), uuid: String(uuid), host: text(host), project: text(project) };
}
