import type { Connection } from '../cloud/database/connection';
import type { InstanceRow, TableRows } from '../model/facts';
import { cellTables, tablesOfEveryInstance } from '../model/instanceTables';
import type { Schema } from '../model/schema';
import type { Named } from './named';
import { TableCounter } from './counts';
import { directTables, type FoundLeftover } from './leftovers';

/** Rows of one cell that name some instances, and which of them are leftovers. */
export interface CellTableRows {
  readonly tables: readonly Named<TableRows>[];
  readonly leftovers: readonly FoundLeftover[];
}

/** @param rows those of `instances` that the cell has */
export async function readTableRows(
  connection: Connection,
  cell: string,
  schema: Schema,
  uuids: readonly string[],
  rows: readonly InstanceRow[],
  signal?: AbortSignal,
): Promise<CellTableRows> {
  const instances = new Map(rows.map((row) => [row.uuid, row]));
  const counter = new TableCounter(connection, schema, uuids, instances, signal);
  await counter.count(cellTables);
  // Rows that name it through another row have that one as their parent.
  const direct = new Set(directTables(cellTables, schema).map(({ table }) => table));
  const due: ReadonlySet<string> = new Set(tablesOfEveryInstance.filter((table) => direct.has(table)));
  const names = [...new Set(cellTables.map(({ table }) => table))];
  const tables = uuids.flatMap((uuid) => {
    const { counts } = counter.of(uuid);
    return names.flatMap((table): Named<TableRows>[] => {
      const count = counts.get(table) ?? 0;
      const live = counts.get(`${table}:live`) ?? count;
      const isDue = due.has(table) && instances.has(uuid);
      return count === 0 && !isDue ? [] : [{ uuid, fact: { cell, table, rows: count, live } }];
    });
  });
  const leftovers = tables
    .filter(({ uuid, fact }) => !instances.has(uuid) && direct.has(fact.table))
    .map(({ uuid, fact }) => ({ uuid, leftover: { database: cell, table: fact.table, rows: fact.rows } }));
  return { tables, leftovers };
}
