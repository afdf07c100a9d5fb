import type { Connection } from '../cloud/database/connection';
import { apiTables } from '../model/instanceTables';
import { apiDatabaseId, type Schema } from '../model/schema';
import { isUuid } from '../model/uuid';
import { directTables, type FoundLeftover } from './leftovers';
import { hasColumn, quoted } from './sql';
import { integerOf, timeOf, uuidOf } from './values';

/** What the API database has of one UUID. */
export interface ApiMention {
  readonly uuid: string;
  /** rows by table */
  readonly rows: ReadonlyMap<string, number>;
  /** when the newest of the rows was made, ISO 8601 UTC */
  readonly newest: string;
}

/** A WHERE clause about the column that names the instance. */
export interface Condition {
  readonly sql: (column: string) => string;
  readonly values: readonly string[];
}

/** All that the API database has of the UUIDs which the condition picks, but for those that are known. */
export async function readMentions(
  connection: Connection,
  schema: Schema,
  condition: Condition,
  known: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<Map<string, ApiMention>> {
  const mentions = new Map<string, ApiMention & { rows: Map<string, number>; newest: string }>();
  for (const { table, column } of directTables(apiTables, schema)) {
    const named = quoted(column);
    const made = hasColumn(schema.tables.get(table), 'created_at') ? 'MAX(created_at)' : 'NULL';
    const sql = `SELECT ${named} AS uuid, COUNT(*) AS n, ${made} AS newest FROM ${quoted(table)}
      WHERE ${condition.sql(named)} GROUP BY ${named}`;
    await connection.stream(
      sql,
      condition.values,
      (row) => {
        const uuid = uuidOf(row.uuid);
        if (known.has(uuid)) {
          return;
        }
        const mention = mentions.get(uuid) ?? { uuid, rows: new Map(), newest: '' };
        const newest = timeOf(row.newest) ?? '';
        mention.rows.set(table, integerOf(row.n));
        mention.newest = newest > mention.newest ? newest : mention.newest;
        mentions.set(uuid, mention);
      },
      signal,
    );
  }
  return mentions;
}

/**
 * The leftovers in a mention of an instance of which no cell has a row. None while the instance may be on its way:
 * nova-api writes request spec, build request and mapping before any cell has a row, and the build request goes after
 * it has one (nova/compute/api.py, _provision_instances; nova/conductor/manager.py, schedule_and_build_instances).
 *
 * @param youngest rows made after this moment, ISO 8601 UTC, belong to an instance that may be on its way
 */
export function mentionLeftovers({ uuid, rows, newest }: ApiMention, youngest: string): FoundLeftover[] {
  const scheduling = rows.has('build_requests') && rows.has('instance_mappings');
  if (scheduling || newest > youngest || !isUuid(uuid)) {
    return [];
  }
  return [...rows].map(([table, count]) => ({
    uuid,
    leftover: { database: apiDatabaseId, table, rows: count },
  }));
}
