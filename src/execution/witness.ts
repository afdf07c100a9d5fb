import { identifier } from '../cleanup/literal';
import type { Connection, RawColumn } from '../cloud/connection';
import { changedColumns, keyOf, literalOf, type SavedRow } from './rowText';
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

export function updatedWitness(shape: TableShape, before: SavedRow, after: SavedRow): Witnessed {
  for (const column of changedColumns(before, after)) {
    const same = holds(column, after.cells[column.index] ?? null);
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

/** Condition that the column holds exactly this. None for a fraction, which may be rounded on its way. */
function holds({ name, kind }: RawColumn, cell: Buffer | null): string | undefined {
  const column = identifier(name);
  if (cell === null) {
    return `${column} IS NULL`;
  }
  switch (kind) {
    case 'time':
      return `${column} = ${literalOf(cell, kind)}`;
    case 'number':
      return /^-?\d+$/.test(cell.toString('latin1')) ? `${column} = ${literalOf(cell, kind)}` : undefined;
    // A collation may take the old text for the new one; their bytes differ.
    case 'text':
      return `HEX(CONVERT(${column} USING utf8mb4)) = '${cell.toString('hex').toUpperCase()}'`;
    case 'binary':
      return `HEX(${column}) = '${cell.toString('hex').toUpperCase()}'`;
  }
}
