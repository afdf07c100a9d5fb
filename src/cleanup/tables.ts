import { tablesOf, type InstanceTable } from '../model/instanceTables';
import { apiDatabaseId, type DatabaseId, type Schema } from '../model/schema';

export const shadowPrefix = 'shadow_';

/** The table by whose rows an instance is known in a database, and its column. */
export interface RootTable {
  readonly table: string;
  readonly column: string;
}

export function rootOf(database: DatabaseId): RootTable {
  return database === apiDatabaseId
    ? { table: 'instance_mappings', column: 'instance_uuid' }
    : { table: 'instances', column: 'uuid' };
}

/** Declared tables by name; a table that names the instance in one way or another has several entries. */
export function declarations(database: DatabaseId): readonly InstanceTable[] {
  return tablesOf(database === apiDatabaseId ? 'api' : 'cell');
}

const byTable = { api: entriesByTable('api'), cell: entriesByTable('cell') };

/** The declarations of one table. */
export function declarationsOf(database: DatabaseId, table: string): readonly InstanceTable[] {
  return byTable[database === apiDatabaseId ? 'api' : 'cell'].get(table) ?? [];
}

function entriesByTable(database: 'api' | 'cell'): ReadonlyMap<string, readonly InstanceTable[]> {
  const entries = tablesOf(database);
  return new Map(entries.map(({ table }) => [table, entries.filter((entry) => entry.table === table)]));
}

/** The declared tables that this schema has, each with the column that is there. */
export function presentTables(schema: Schema, database: DatabaseId): InstanceTable[] {
  const present = new Map<string, InstanceTable>();
  for (const entry of declarations(database)) {
    if (!present.has(entry.table) && hasColumn(schema, entry.table, entry.column))
      present.set(entry.table, entry);
  }
  return [...present.values()];
}

export function hasColumn(schema: Schema, table: string, column: string): boolean {
  return schema.tables.get(table)?.columns.some(({ name }) => name === column) ?? false;
}
