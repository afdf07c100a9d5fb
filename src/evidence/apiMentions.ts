import type { Connection, Row } from '../cloud/database/connection';
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

/** Joins by UUID what the tables have, but for UUIDs that are known. */
export class Mentions {
  readonly byUuid = new Map<string, ApiMention & { rows: Map<string, number>; newest: string }>();

  /** @param isKnown what is not to be joined */
  constructor(private readonly isKnown: (uuid: string) => boolean = () => false) {}

  /** @param newest when the newest of the rows was made; null where that is not told */
  add(uuid: string, table: string, rows: number, newest: string | null): void {
    if (this.isKnown(uuid)) return;
    const mention = this.byUuid.get(uuid) ?? { uuid, rows: new Map<string, number>(), newest: '' };
    mention.rows.set(table, rows);
    if (newest !== null && newest > mention.newest) mention.newest = newest;
    this.byUuid.set(uuid, mention);
  }
}

/** Adds what the API database has of the UUIDs which the condition picks, but for tables that are read otherwise. */
export async function readMentions(
  connection: Connection,
  schema: Schema,
  condition: Condition,
  mentions: Mentions,
  { except = [], signal }: { readonly except?: readonly string[]; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const tables = directTables(apiTables, schema).filter(({ table }) => !except.includes(table));
  for (const { table, column } of tables) {
    const named = quoted(column);
    const made = hasColumn(schema.tables.get(table), 'created_at') ? 'MAX(created_at)' : 'NULL';
    const sql = `SELECT ${named} AS uuid, COUNT(*) AS n, ${made} AS newest FROM ${quoted(table)}
      WHERE ${condition.sql(named)} GROUP BY ${named}`;
    const take = (row: Row): void => {
      mentions.add(uuidOf(row.uuid), table, integerOf(row.n), timeOf(row.newest));
    };
    await connection.stream(sql, condition.values, take, signal);
  }
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
