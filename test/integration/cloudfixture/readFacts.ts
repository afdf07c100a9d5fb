import type { Database } from '../../cloud/database/mariadb';
import type { DatabaseFacts, ForeignKeyFacts } from '../../cloud/schema/facts';

interface Table {
  columns: Record<string, string>;
  pk: string[];
  unique: Record<string, string[]>;
  index: Record<string, string[]>;
  fk: ForeignKeyFacts[];
}

/** What information_schema says of a database, in the shape of the facts it was made from. */
export async function readFacts(server: Database, database: string): Promise<DatabaseFacts> {
  const tables: Record<string, Table> = {};
  const tableOf = (name: string): Table =>
    (tables[name] ??= { columns: {}, pk: [], unique: {}, index: {}, fk: [] });
  const select = (columns: string, from: string, order: string): Promise<string[][]> =>
    server.sql(
      `SELECT ${columns} FROM ${from} WHERE table_schema = '${database}' ORDER BY ${order}`,
      'information_schema',
    );

  const columns = await select(
    'table_name, column_name, column_type, is_nullable',
    'columns',
    '1, ordinal_position',
  );
  for (const [table = '', name = '', type = '', nullable] of columns) {
    tableOf(table).columns[name] = nullable === 'YES' ? type : `${type} NOT NULL`;
  }
  const keys = await select(
    'table_name, index_name, column_name, non_unique',
    'statistics',
    '1, 2, seq_in_index',
  );
  for (const [table = '', key = '', column = '', nonUnique] of keys) {
    const { pk, unique, index } = tableOf(table);
    const group = nonUnique === '1' ? index : unique;
    if (key === 'PRIMARY') pk.push(column);
    else (group[key] ??= []).push(column);
  }
  for (const row of await foreignKeys(server, database)) {
    const [
      table = '',
      name = '',
      column = '',
      ref_table = '',
      refColumn = '',
      on_delete = '',
      on_update = '',
    ] = row;
    tableOf(table).fk.push({
      name,
      columns: [column],
      ref_table,
      ref_columns: [refColumn],
      on_delete,
      on_update,
    });
  }
  return tables;
}

/** Nova's foreign keys are of one column each. */
function foreignKeys(server: Database, database: string): Promise<string[][]> {
  return server.sql(
    `SELECT k.table_name, k.constraint_name, k.column_name, k.referenced_table_name, k.referenced_column_name,
            r.delete_rule, r.update_rule
       FROM key_column_usage k
       JOIN referential_constraints r
         ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name
        AND r.table_name = k.table_name
      WHERE k.table_schema = '${database}' AND k.referenced_table_name IS NOT NULL
      ORDER BY k.table_name, k.constraint_name, k.ordinal_position`,
    'information_schema',
  );
}
