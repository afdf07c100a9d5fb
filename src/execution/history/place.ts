import type { Connection } from '../../cloud/database/connection';
import type { HistoryUnit } from '../../model/history';
import { isUnknownVariable } from '../serverErrors';
import { readShape, type TableShape } from '../tableShape';
import { readLimit } from '../writeSet';
import type { Databases } from '../context';
import { requirePlain, type ChunkPlace } from './chunk';

/** More in one transaction would hold others up, a cluster most of all, and be in memory here. */
const mostRows = 50_000;
const mostBytes = 64 * 1024 * 1024;

/** Looks at a database before its first chunk. Rejects when rows of it could not be brought back. */
export async function readPlace(
  connection: Connection,
  unit: HistoryUnit,
  databases: Databases,
  signal?: AbortSignal,
): Promise<ChunkPlace> {
  await requirePlain(connection, unit);
  const shapes = new Map<string, TableShape>();
  for (const { table } of unit.statements) {
    if (!shapes.has(table)) shapes.set(table, await readShape(connection, unit.schema, table));
  }
  const rows = Math.min(mostRows, await readLimit(databases, unit.database, signal));
  return { unit, shapes, returning: await canReturn(connection), limits: { rows, bytes: mostBytes } };
}

/** A long list is else made a temporary table, and the index not used (MariaDB). */
export async function prepareSession(connection: Connection): Promise<void> {
  try {
    await connection.change('SET SESSION in_predicate_conversion_threshold = 0');
  } catch (error) {
    if (!isUnknownVariable(error)) throw error;
  }
}

/** DELETE ... RETURNING: MariaDB since 10.0.5, and no MySQL. */
async function canReturn(connection: Connection): Promise<boolean> {
  const [row] = await connection.query('SELECT VERSION() AS version');
  const version = String(row?.version);
  const [major = 0] = version
    .replace(/^5\.5\.5-/, '')
    .split('.')
    .map(Number);
  return version.includes('MariaDB') && major >= 10;
}
