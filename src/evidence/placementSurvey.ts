import type { CloudAccess } from '../cloud/access';
import type { Connection } from '../cloud/database/connection';
import type { Schema } from '../model/schema';
import { endedMigrations } from './migrationStatus';
import { placementNeeds, readKnownSchema } from './schema';
import { findPlacementSigns, type PlacementSearch } from './signs/placementSigns';
import { inSnapshot } from './snapshot';
import { hasColumn } from './sql';
import { uuidOf } from './values';

interface OpenDatabase {
  readonly connection: Connection;
  readonly schema: Schema;
}

/**
 * Reads Placement's database after the cells: what is allocated is held against their rows.
 *
 * @param cells those that answered
 */
export async function surveyPlacement(
  access: CloudAccess,
  cells: readonly OpenDatabase[],
  search: Omit<PlacementSearch, 'moving'>,
  signal?: AbortSignal,
): Promise<void> {
  const read = async (connection: Connection): Promise<void> => {
    const schema = await readKnownSchema(connection, placementNeeds, signal);
    const moving = search.wanted.has('allocation-of-none')
      ? await movingConsumers(cells, signal)
      : new Set<string>();
    await findPlacementSigns(connection, schema, { ...search, moving }, signal);
  };
  await inSnapshot(() => access.openPlacement(signal), read, signal);
}

/**
 * While an instance moves, and until a resize is confirmed or reverted, the migration is the consumer of what is held
 * on the source (nova/conductor/tasks/migrate.py, replace_allocation_with_migration, Zed).
 */
async function movingConsumers(
  cells: readonly OpenDatabase[],
  signal: AbortSignal | undefined,
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
