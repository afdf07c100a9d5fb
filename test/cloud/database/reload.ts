import { escape } from 'mysql2';
import type { Plot, Row } from '../population/plot';
import { schemaOf } from '../population/plot';
import { databases } from '../population/world';
import { quoteName } from '../schema/ddl';
import { factsOf, type Release } from '../schema/facts';
import type { Database } from './mariadb';
import { loadSchema } from './schema';

/** Puts the demo cloud's databases into the state of the plot, schema and rows; what else a test made in them goes. */
export async function reload(server: Pick<Database, 'sql' | 'socketPath'>, plot: Plot): Promise<void> {
  await restoreSchemas(server, plot.release);
  const statements = [
    "SET foreign_key_checks = 0, unique_checks = 0, sql_mode = CONCAT(@@sql_mode, ',NO_AUTO_VALUE_ON_ZERO')",
  ];
  for (const database of databases) {
    statements.push(`USE ${database}`, 'START TRANSACTION');
    for (const table of await filledTables(server, database, plot.release))
      statements.push(`DELETE FROM ${quoteName(table)}`);
    for (const [table, rows] of plot.rows.get(database) ?? []) statements.push(...inserts(table, rows));
    statements.push('COMMIT');
  }
  await server.sql(statements.join(';\n'));
}

/** Creates every database whose tables, columns or keys are not what the release has. */
async function restoreSchemas(server: Pick<Database, 'sql' | 'socketPath'>, release: Release): Promise<void> {
  const existing = new Set((await server.sql('SHOW DATABASES')).map(([name]) => name));
  for (const database of databases) {
    const which = schemaOf(database);
    const intact =
      existing.has(database) &&
      (await signature(server, database)) === intactSignatures.get(`${release} ${which}`);
    if (intact) continue;
    await loadSchema(server, database, release, which);
    intactSignatures.set(`${release} ${which}`, await signature(server, database));
  }
}

/** What a freshly loaded schema's signature is, learned from the first load. */
const intactSignatures = new Map<string, string>();

async function signature(server: Pick<Database, 'sql' | 'socketPath'>, database: string): Promise<string> {
  const rows = await server.sql(
    `SELECT table_name, column_name, column_type, is_nullable FROM information_schema.columns
      WHERE table_schema = ${escape(database)}
     UNION ALL
     SELECT table_name, index_name, column_name, seq_in_index FROM information_schema.statistics
      WHERE table_schema = ${escape(database)}
     UNION ALL
     SELECT table_name, constraint_name, referenced_table_name, column_name FROM information_schema.key_column_usage
      WHERE table_schema = ${escape(database)}
     UNION ALL
     SELECT event_object_table, trigger_name, action_statement, '' FROM information_schema.triggers
      WHERE trigger_schema = ${escape(database)}
     ORDER BY 1, 2, 3, 4`,
  );
  return JSON.stringify(rows);
}

async function filledTables(
  server: Pick<Database, 'sql' | 'socketPath'>,
  database: string,
  release: Release,
): Promise<string[]> {
  const which = database === 'nova_api' || database === 'placement' ? database : 'nova';
  const tables = Object.keys(factsOf(release, which));
  const looks = tables.map((table) => `(SELECT ${escape(table)} FROM ${quoteName(table)} LIMIT 1)`);
  return (await server.sql(looks.join(' UNION ALL '), database)).flat();
}

function inserts(table: string, rows: readonly Row[]): string[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const columns = Object.keys(row).map(quoteName).join(', ');
    const group = groups.get(columns);
    if (group === undefined) groups.set(columns, [row]);
    else group.push(row);
  }
  return [...groups].map(
    ([columns, group]) =>
      `INSERT INTO ${quoteName(table)} (${columns}) VALUES\n${group
        .map(
          (row) =>
            `(${Object.values(row)
              .map((value) => escape(value))
              .join(', ')})`,
        )
        .join(',\n')}`,
  );
}
