import { identifier } from '../cleanup/literal';
import type { RawColumn } from '../cloud/database/connection';
import type { TableShape } from './tableShape';

/** Columns in the order of the cells of a row. */
export interface SavedRow {
  readonly columns: readonly RawColumn[];
  readonly cells: readonly (Buffer | null)[];
}

/** SQL text of a value exactly as the server sent it. */
export function literalOf(cell: Buffer | null, kind: RawColumn['kind']): string {
  if (cell === null) {
    return 'NULL';
  }
  switch (kind) {
    case 'number':
      return cell.toString('latin1');
    case 'real':
      return realLiteral(cell.toString('latin1'));
    case 'time':
      return `'${cell.toString('latin1')}'`;
    case 'binary':
      return `X'${cell.toString('hex')}'`;
    case 'text':
      return isPlain(cell)
        ? `'${cell.toString('latin1')}'`
        : `CONVERT(X'${cell.toString('hex')}' USING utf8mb4)`;
  }
}

export function insertRow(shape: TableShape, row: SavedRow): string {
  const names = row.columns.map(({ name }) => identifier(name)).join(', ');
  const values = row.columns.map(({ kind }, index) => literalOf(row.cells[index] ?? null, kind)).join(', ');
  return `INSERT INTO ${shape.name} (${names}) VALUES (${values})`;
}

export function deleteRow(shape: TableShape, row: SavedRow): string {
  return `DELETE FROM ${shape.name} WHERE ${keyOf(shape, row)}`;
}

/**
 * Undefined when nothing changed. The row is only taken back when it is still as the change left it: a device that
 * was freed may be another instance's by now.
 */
export function updateBack(shape: TableShape, before: SavedRow, after: SavedRow): string | undefined {
  const changed = changedColumns(before, after);
  if (changed.length === 0) {
    return undefined;
  }
  const assigned = before.columns
    .map((column, index) => ({ ...column, index }))
    .filter(({ name, index }) => shape.selfSet.includes(name) || changed.some((of) => of.index === index));
  const assignments = assigned.map(
    ({ name, kind, index }) => `${identifier(name)} = ${literalOf(before.cells[index] ?? null, kind)}`,
  );
  const untouched = changed.flatMap((column) => stillHolds(column, after.cells[column.index] ?? null) ?? []);
  const condition = [keyOf(shape, before), ...untouched].join(' AND ');
  return `UPDATE ${shape.name} SET ${assignments.join(', ')} WHERE ${condition}`;
}

/** Condition that the column holds exactly this. None for bytes, and for a decimal fraction. */
export function stillHolds({ name, kind }: RawColumn, cell: Buffer | null): string | undefined {
  const column = identifier(name);
  if (cell === null) {
    return `${column} IS NULL`;
  }
  switch (kind) {
    case 'time':
      return `${column} = ${literalOf(cell, kind)}`;
    case 'number':
      return /^-?\d+$/.test(cell.toString('latin1')) ? `${column} = ${literalOf(cell, kind)}` : undefined;
    case 'real':
      return `${column} * 1e0 = ${literalOf(cell, kind)}`;
    // A collation may take the old text for the new one; their bytes differ.
    case 'text':
      return `HEX(CONVERT(${column} USING utf8mb4)) = '${cell.toString('hex').toUpperCase()}'`;
    // What HEX makes of a BIT is no image of its bytes.
    case 'binary':
      return undefined;
  }
}

export interface ChangedColumn extends RawColumn {
  readonly index: number;
}

export function changedColumns(before: SavedRow, after: SavedRow): ChangedColumn[] {
  return before.columns
    .map((column, index) => ({ ...column, index }))
    .filter(({ index }) => !sameCell(before.cells[index] ?? null, after.cells[index] ?? null));
}

/** Condition that picks the row by its primary key. */
export function keyOf(shape: TableShape, row: SavedRow): string {
  return shape.primaryKey
    .map((name) => {
      const index = row.columns.findIndex((column) => column.name === name);
      return `${identifier(name)} = ${literalOf(row.cells[index] ?? null, row.columns[index]?.kind ?? 'text')}`;
    })
    .join(' AND ');
}

function sameCell(one: Buffer | null, other: Buffer | null): boolean {
  return one === null || other === null ? one === other : one.equals(other);
}

/** Without an exponent it would be read as a decimal, which has no -0. */
function realLiteral(digits: string): string {
  return digits.includes('e') ? digits : `${digits}e0`;
}

/** Printable ASCII without quote and backslash, which means the same in every sql_mode and character set. */
function isPlain(cell: Buffer): boolean {
  return cell.every((byte) => byte >= 0x20 && byte < 0x7f && byte !== 0x27 && byte !== 0x5c);
}
