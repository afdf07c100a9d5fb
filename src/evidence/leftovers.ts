import type { Leftover } from '../model/facts';
import { cellTables, type InstanceTable } from '../model/instanceTables';
import type { DatabaseId, Schema } from '../model/schema';
import { isUuid } from '../model/uuid';
import type { CellRead } from './cellReads';
import { hasColumn, quoted } from './sql';
import { integerOf, uuidOf } from './values';

/** A leftover with the UUID that it names. */
export interface FoundLeftover {
  readonly uuid: string;
  readonly leftover: Leftover;
}

/** The declared tables that exist here and have a column with the instance's UUID itself. */
export function directTables(tables: readonly InstanceTable[], schema: Schema): readonly InstanceTable[] {
  return tables.filter(
    ({ table, column, through }) => !through && hasColumn(schema.tables.get(table), column),
  );
}

/** Every row of a cell that names an instance of which the cell has no row, counted by UUID. */
export function cellLeftovers(
  cell: DatabaseId,
  schema: Schema,
  found: (leftover: FoundLeftover) => void,
): CellRead[] {
  return directTables(cellTables, schema).map(({ table, column }) => {
    const named = `c.${quoted(column)}`;
    const sql = `SELECT ${named} AS uuid, COUNT(*) AS n
      FROM ${quoted(table)} c LEFT JOIN instances i ON i.uuid = ${named}
      WHERE i.uuid IS NULL AND ${named} IS NOT NULL GROUP BY ${named}`;
    const take = (uuid: string, rows: number): void => {
      if (isUuid(uuid)) {
        found({ uuid, leftover: { database: cell, table, rows } });
      }
    };
    return (connection, signal) =>
      connection.stream(sql, [], (row) => take(uuidOf(row.uuid), integerOf(row.n)), signal);
  });
}
