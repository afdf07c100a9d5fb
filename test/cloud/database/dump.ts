import { escape } from 'mysql2';
import { quoteName } from '../schema/ddl';
import { must } from '../run';
import type { Database } from './mariadb';

/** Schema and rows as text, the same for the same contents: rows by primary key, no dates, no AUTO_INCREMENT counters. */
export async function dumpDatabases(server: Database, databases: readonly string[]): Promise<string> {
  const text = await must('mariadb-dump', [
    '--no-defaults',
    `--socket=${server.socketPath}`,
    '--default-character-set=utf8mb4',
    '--order-by-primary',
    '--skip-comments',
    '--skip-dump-date',
    '--skip-extended-insert',
    '--single-transaction',
    '--databases',
    ...databases,
  ]);
  return text.replaceAll(/ AUTO_INCREMENT=\d+/g, '');
}

/** Every row in every database that mentions the uuid in any column, and the events of its actions. */
export async function dumpInstance(server: Database, uuid: string): Promise<string> {
  const columns = await server.sql(
    `SELECT table_schema, table_name, GROUP_CONCAT(column_name ORDER BY ordinal_position)
       FROM information_schema.columns
      WHERE (table_schema LIKE 'nova%' OR table_schema LIKE 'placement%') AND data_type IN ('varchar', 'text', 'mediumtext')
      GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  const lines: string[] = [];
  for (const database of new Set(columns.map(([schema = '']) => schema))) {
    const mentions = new Map(
      columns
        .filter(([schema]) => schema === database)
        .map(([, table = '', names = '']) => [table, mentionOf(table, names.split(','), uuid)]),
    );
    const looks = [...mentions].map(
      ([table, where]) => `(SELECT ${escape(table)} FROM ${quoteName(table)} WHERE ${where} LIMIT 1)`,
    );
    for (const [table = ''] of await server.sql(looks.join(' UNION ALL '), database)) {
      const rows = await server.sql(
        `SELECT * FROM ${quoteName(table)} WHERE ${mentions.get(table) ?? ''}`,
        database,
      );
      lines.push(...rows.map((row) => `${database}.${table}\t${JSON.stringify(row)}`).sort());
    }
  }
  return lines.join('\n');
}

/** The condition under which a row of the table belongs to the instance. */
function mentionOf(table: string, columns: readonly string[], uuid: string): string {
  const mentions = columns.map((column) => `${quoteName(column)} LIKE ${escape(`%${uuid}%`)}`);
  if (table !== 'instance_actions_events') return mentions.join(' OR ');
  const own = `action_id IN (SELECT id FROM instance_actions WHERE instance_uuid = ${escape(uuid)})`;
  return [...mentions, own].join(' OR ');
}
