import { identifier } from '../cleanup/literal';
import type { Connection } from '../cloud/database/connection';
import { changedColumns, keyOf, stillHolds, type SavedRow } from './rowText';
import type { TableShape } from './tableShape';

/**
 * A question to the server whose answer tells whether a transaction took effect. It locks the row, so that it waits
 * for a transaction that is still open.
 */
export interface Witness {
  /** a SELECT of one number, named n */
  readonly sql: string;
  /** what n is when the transaction was committed; otherwise it was not */
  readonly committed: 0 | 1;
}

/** Holds a witness when the rows allow one. */
export interface Witnessed {
  readonly witness?: Witness;
}

export function deletedWitness(shape: TableShape, rows: readonly SavedRow[]): Witnessed {
  const [row] = rows;
  return row && shape.primaryKey.length > 0 ? { witness: count(shape, keyOf(shape, row), 0) } : {};
}

export function insertedWitness(shape: TableShape, rows: readonly SavedRow[]): Witnessed {
  const [row] = rows;
  return row ? { witness: count(shape, keyOf(shape, row), 1) } : {};
}

/** Of a row that a restore brings back, by column: a row of that key which came about otherwise was created at another time. */
export function restoredWitness(shape: TableShape, row: ReadonlyMap<string, string>): Witnessed {
  const { primaryKey } = shape;
  const created = row.get('created_at');
  if (primaryKey.length === 0 || !primaryKey.every((name) => row.has(name))) return {};
  const key = primaryKey.map((name) => `${identifier(name)} = ${row.get(name) ?? ''}`);
  const birth = created === undefined ? [] : [`created_at <=> ${created}`];
  return { witness: count(shape, [...key, ...birth].join(' AND '), 1) };
}

export function updatedWitness(shape: TableShape, before: SavedRow, after: SavedRow): Witnessed {
  for (const column of changedColumns(before, after)) {
    const same = stillHolds(column, after.cells[column.index] ?? null);
    if (same !== undefined) {
      return { witness: count(shape, `${keyOf(shape, after)} AND ${same}`, 1) };
    }
  }
  return {};
}

/** True when the transaction that the witness belongs to was committed. */
export async function isCommitted(connection: Connection, witness: Witness): Promise<boolean> {
  const [row] = await connection.query(witness.sql);
  return Number(row?.n) === witness.committed;
}

function count(shape: TableShape, condition: string, committed: 0 | 1): Witness {
  return { sql: `SELECT COUNT(*) AS n FROM ${shape.name} WHERE ${condition} FOR UPDATE`, committed };
}
