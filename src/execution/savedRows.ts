import { identifier } from '../cleanup/literal';
import type { Connection, RawRows } from '../cloud/database/connection';
import { keyOf, type SavedRow } from './rowText';
import type { TableShape } from './tableShape';

/** The rows that a condition picks, locked until the transaction ends. */
export async function lockedRows(
  connection: Connection,
  shape: TableShape,
  where: string,
): Promise<SavedRow[]> {
  // The clause may end in a comment, so what follows stands on a line of its own.
  return savedRows(await connection.raw(`${selectFrom(shape)} WHERE ${where}\nFOR UPDATE`));
}

/** The rows of a table that have the primary keys of these, by `keyOf`. */
export async function rowsByKey(
  connection: Connection,
  shape: TableShape,
  rows: readonly SavedRow[],
): Promise<Map<string, SavedRow>> {
  if (rows.length === 0) {
    return new Map();
  }
  const keys = rows.map((row) => `(${keyOf(shape, row)})`).join(' OR ');
  const found = savedRows(await connection.raw(`${selectFrom(shape)} WHERE ${keys}`));
  return new Map(found.map((row) => [keyOf(shape, row), row]));
}

function selectFrom(shape: TableShape): string {
  return `SELECT ${selectList(shape)} FROM ${shape.name}`;
}

/** The columns of a table as they have to be read to be saved. */
export function selectList(shape: TableShape): string {
  return shape.columns.map((name) => exactly(shape, name)).join(', ');
}

/** A server writes six digits of a FLOAT, and all that it takes of a DOUBLE. */
function exactly({ floats }: TableShape, name: string): string {
  const column = identifier(name);
  return floats.includes(name) ? `${column} * 1e0 AS ${column}` : column;
}

function savedRows({ columns, rows }: RawRows): SavedRow[] {
  return rows.map((cells) => ({ columns, cells }));
}
