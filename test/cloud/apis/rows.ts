import { escape } from 'mysql2';
import type { Database } from '../database/mariadb';

/** Reads rows as objects: the columns by their names, NULL as null. */
export async function readRows<Name extends string>(
  database: Pick<Database, 'sql'>,
  columns: readonly Name[],
  from: string,
): Promise<Readonly<Record<Name, string | null>>[]> {
  const rows = await database.sql(
    `SELECT ${columns.map((column) => `\`${column}\``).join(', ')} FROM ${from}`,
  );
  return rows.map(
    (row) =>
      Object.fromEntries(
        columns.map((column, index) => [column, row[index] === 'NULL' ? null : (row[index] ?? null)]),
      ) as Readonly<Record<Name, string | null>>,
  );
}

export function quoted(value: string): string {
  return escape(value);
}
