import * as l10n from '@vscode/l10n';
import type { Connection, Row } from '../cloud/database/connection';
import { OperatorError } from '../model/errors';
import type { Column, ForeignKey, Schema, Table } from '../model/schema';
import { readSideEffects } from './sideEffects';

/** Tables without which a schema is not what it is taken for, or something about an instance would be missed. */
export const apiNeeds = [
  'cell_mappings',
  'host_mappings',
  'instance_mappings',
  'request_specs',
  'build_requests',
] as const;
export const cellNeeds = [
  'instances',
  'services',
  'compute_nodes',
  'migrations',
  'instance_actions',
  'instance_info_caches',
  'block_device_mapping',
] as const;
export const placementNeeds = ['resource_providers', 'consumers', 'allocations'] as const;

const viewsQuery = `SELECT TABLE_NAME AS tableName FROM information_schema.VIEWS WHERE TABLE_SCHEMA = ?`;

const columnsQuery = `SELECT TABLE_NAME AS tableName, COLUMN_NAME AS name, COLUMN_TYPE AS type,
    IS_NULLABLE AS nullable, EXTRA AS extra
  FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? ORDER BY TABLE_NAME, ORDINAL_POSITION`;

const keysQuery = `SELECT CONSTRAINT_NAME AS name, TABLE_NAME AS tableName, COLUMN_NAME AS columnName,
    REFERENCED_TABLE_NAME AS referencedTable, REFERENCED_COLUMN_NAME AS referencedColumn
  FROM information_schema.KEY_COLUMN_USAGE
  WHERE TABLE_SCHEMA = ? AND (CONSTRAINT_NAME = 'PRIMARY' OR REFERENCED_TABLE_NAME IS NOT NULL)
  ORDER BY TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION`;

interface Draft {
  readonly name: string;
  readonly columns: Column[];
  readonly primaryKey: string[];
  readonly foreignKeys: Map<string, ForeignKey & { columns: string[]; referencedColumns: string[] }>;
}

/** The schema of the connection as its server tells it. */
export async function readSchema(connection: Connection, signal?: AbortSignal): Promise<Schema> {
  const views = await connection.query(viewsQuery, [connection.schema], signal);
  const viewNames = new Set(views.map(({ tableName }) => tableName));
  const drafts = new Map<string, Draft>();
  for (const row of await connection.query(columnsQuery, [connection.schema], signal)) {
    const name = String(row.tableName);
    if (!viewNames.has(name)) {
      const draft: Draft = drafts.get(name) ?? { name, columns: [], primaryKey: [], foreignKeys: new Map() };
      drafts.set(name, draft);
      draft.columns.push(columnOf(row));
    }
  }
  for (const row of await connection.query(keysQuery, [connection.schema], signal)) {
    addKey(drafts.get(String(row.tableName)), row);
  }
  const tables = [...drafts.values()].map((draft) => ({
    ...draft,
    foreignKeys: [...draft.foreignKeys.values()],
  }));
  const sideEffects = await readSideEffects(connection, connection.schema, signal);
  return {
    name: connection.schema,
    ...(sideEffects.length > 0 ? { sideEffects } : {}),
    tables: new Map(tables.map((table) => [table.name, table])),
  };
}

/** The schema, once it is proven to be of the kind that it is taken for. */
export async function readKnownSchema(
  connection: Connection,
  needs: readonly string[],
  signal?: AbortSignal,
): Promise<Schema> {
  const schema = await readSchema(connection, signal);
  const missing = needs.filter((table) => !schema.tables.has(table));
  if (missing.length > 0) {
    throw new OperatorError(
      'not-a-nova-database',
      l10n.t(
        '{0} is not the database that it is taken for: it has no table {1}.',
        connection.name,
        missing.join(', '),
      ),
      l10n.t('Correct the database URL, or let the account see these tables.'),
    );
  }
  return schema;
}

/** A table that `needs` has already asked for. */
export function tableOf(schema: Schema, name: string): Table {
  const table = schema.tables.get(name);
  if (!table) {
    throw new OperatorError(
      'table-missing',
      l10n.t('The database {0} has no table {1}.', schema.name, name),
      l10n.t('Check that its migrations have all been run, and that the account may read the table.'),
    );
  }
  return table;
}

function columnOf(row: Row): Column {
  return {
    name: String(row.name),
    type: String(row.type),
    nullable: row.nullable === 'YES',
    // MySQL 8 says DEFAULT_GENERATED of a column that merely has an expression as its default.
    generated: /\b(VIRTUAL|STORED|PERSISTENT)\b/i.test(String(row.extra)),
  };
}

function addKey(draft: Draft | undefined, row: Row): void {
  const name = String(row.name);
  const column = String(row.columnName);
  if (row.referencedTable === null) {
    draft?.primaryKey.push(column);
    return;
  }
  const key = draft?.foreignKeys.get(name) ?? {
    name,
    columns: [],
    referencedTable: String(row.referencedTable),
    referencedColumns: [],
  };
  key.columns.push(column);
  key.referencedColumns.push(String(row.referencedColumn));
  draft?.foreignKeys.set(name, key);
}
