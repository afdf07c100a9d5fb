import { uuidsPlaceholder, type HistoryStatement } from '../../model/history';
import type { InstanceTable } from '../../model/instanceTables';
import { apiDatabaseId, type DatabaseId, type Schema } from '../../model/schema';
import { deletionOrder } from '../deletionOrder';
import { identifier, literal, timeLiteral } from '../literal';
import { presentTables, rootOf } from '../tables';

type Names = Pick<Schema, 'name'>;

/** What becomes of one chunk in a cell: the instances are taken, then children go before parents. */
export function cellStatements(schema: Schema, database: DatabaseId, before: string): HistoryStatement[] {
  const tables = presentTables(schema, database);
  const inventory = tables.filter(({ treatment }) => treatment === 'detach');
  return [cellGuard(schema, before, inventory), ...deletions(schema, database, tables)];
}

/** The same in the API database: of what is mapped to this cell, the mapping goes last. */
export function apiStatements(schema: Schema, cellId: number): HistoryStatement[] {
  return [
    apiGuard(schema, cellId),
    ...deletions(schema, apiDatabaseId, presentTables(schema, apiDatabaseId)),
  ];
}

/** What an instance must be to go, as SQL can see it. An instance that its host has not cleaned may come back. */
export function mayGo({ name }: Names, before: string, inventory: readonly InstanceTable[]): string[] {
  return [
    'deleted <> 0',
    `deleted_at < ${timeLiteral(before)}`,
    '(cleaned = 1 OR host IS NULL)',
    ...inventory.map(({ table, column }) => `NOT EXISTS (${holding(name, table, column)})`),
  ];
}

export function cellGuard(
  schema: Names,
  before: string,
  inventory: readonly InstanceTable[],
): HistoryStatement {
  const conditions = [`uuid IN (${uuidsPlaceholder})`, ...mayGo(schema, before, inventory)];
  return guard(schema, 'instances', 'uuid', conditions);
}

export function apiGuard(schema: Names, cellId: number): HistoryStatement {
  // By the index of cell_id alone the server would lock every mapping of the cell: an expression has none.
  const conditions = [`instance_uuid IN (${uuidsPlaceholder})`, `cell_id + 0 = ${literal(cellId)}`];
  return guard(schema, 'instance_mappings', 'instance_uuid', conditions);
}

/** The statements that delete the rows of one table: by the UUIDs, or by ids that are read first. */
export function deletion({ name }: Names, entry: InstanceTable): HistoryStatement[] {
  const { table, column, through } = entry;
  const placeholder = through ? `@${through.table}` : uuidsPlaceholder;
  const sql = `DELETE FROM ${of(name, table)} WHERE ${identifier(column)} IN (${placeholder})`;
  const found: HistoryStatement[] = through ? [idsOf(name, through)] : [];
  return [...found, { kind: 'delete', table, sql }];
}

export function rootDeletion(schema: Names, database: DatabaseId): HistoryStatement {
  const { table, column } = rootOf(database);
  const sql = `DELETE FROM ${of(schema.name, table)} WHERE ${identifier(column)} IN (${uuidsPlaceholder})`;
  return { kind: 'delete', table, sql };
}

function deletions(
  schema: Schema,
  database: DatabaseId,
  tables: readonly InstanceTable[],
): HistoryStatement[] {
  const root = rootOf(database).table;
  const order = deletionOrder(schema, root);
  const rank = ({ table }: InstanceTable): number => order.indexOf(table);
  return [
    ...tables
      .filter(({ table, treatment }) => table !== root && treatment === 'delete')
      .sort((one, other) => rank(one) - rank(other))
      .flatMap((entry) => deletion(schema, entry)),
    rootDeletion(schema, database),
  ];
}

function guard(
  { name }: Names,
  table: string,
  column: string,
  conditions: readonly string[],
): HistoryStatement {
  const where = conditions.join('\n    AND ');
  const sql = `SELECT ${column} FROM ${of(name, table)}\n  WHERE ${where}\n  ORDER BY id FOR UPDATE`;
  return { kind: 'guard', table, sql };
}

function idsOf(schema: string, { table, column }: NonNullable<InstanceTable['through']>): HistoryStatement {
  const where = `${identifier(column)} IN (${uuidsPlaceholder})`;
  return { kind: 'ids', table, sql: `SELECT id FROM ${of(schema, table)} WHERE ${where} FOR UPDATE` };
}

function holding(schema: string, table: string, column: string): string {
  return `SELECT 1 FROM ${of(schema, table)} WHERE ${identifier(table)}.${identifier(column)} = instances.uuid`;
}

function of(schema: string, table: string): string {
  return `${identifier(schema)}.${identifier(table)}`;
}
