import type { CloudAccess } from '../../cloud/access';
import type { Connection } from '../../cloud/database/connection';
import { placementNeeds, readKnownSchema } from '../schema';
import { inSnapshot } from '../snapshot';
import type { PlacementSearch } from './allocationSigns';
import { findDatabaseSigns } from './databaseSigns';

/** Reads Placement's database after the cells: what is allocated is held against their rows. */
export async function surveyDatabase(
  access: CloudAccess,
  search: PlacementSearch,
  signal?: AbortSignal,
): Promise<void> {
  const read = async (connection: Connection): Promise<void> => {
    const schema = await readKnownSchema(connection, placementNeeds, signal);
    await findDatabaseSigns(connection, schema, search, signal);
  };
  await inSnapshot(() => access.openPlacement(signal), read, signal);
}
