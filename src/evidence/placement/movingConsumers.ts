import type { Connection } from '../../cloud/database/connection';
import type { Schema } from '../../model/schema';
import { endedMigrations } from '../migrationStatus';
import { hasColumn } from '../sql';
import { uuidOf } from '../values';

interface OpenDatabase {
  readonly connection: Connection;
  readonly schema: Schema;
}

/**
 * While an instance moves, and until a resize is confirmed or reverted, the migration is the consumer of what is held
 * on the source (nova/conductor/tasks/migrate.py, replace_allocation_with_migration, Zed).
 *
 * @param cells those that answered
 */
export async function movingConsumers(
  cells: readonly OpenDatabase[],
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const moving = new Set<string>();
  const sql = `SELECT uuid FROM migrations WHERE deleted = 0 AND uuid IS NOT NULL
    AND (status IS NULL OR status NOT IN (${endedMigrations}))`;
  for (const { connection, schema } of cells) {
    if (hasColumn(schema.tables.get('migrations'), 'uuid')) {
      await connection.stream(sql, [], (row) => moving.add(uuidOf(row.uuid)), signal);
    }
  }
  return moving;
}
