import type { Connection } from '../../cloud/database/connection';
import type { Schema } from '../../model/schema';
import { isUuid } from '../../model/uuid';
import { integerOf, uuidOf } from '../values';
import { AllocationSigns, wantsAllocations, type PlacementSearch } from './allocationSigns';
import { readRoots, tellsSharing } from './databaseProviders';

/** Looks for those signs in Placement's database that some kind names. */
export async function findDatabaseSigns(
  connection: Connection,
  schema: Schema,
  search: PlacementSearch,
  signal?: AbortSignal,
): Promise<void> {
  if (search.wanted.has('empty-consumer')) {
    const sql = `SELECT c.uuid FROM consumers c LEFT JOIN allocations a ON a.consumer_id = c.uuid WHERE a.id IS NULL`;
    const take = (uuid: string): void => {
      if (isUuid(uuid)) search.glimpses.sign(uuid, 'empty-consumer');
    };
    await connection.stream(sql, [], (row) => take(uuidOf(row.uuid)), signal);
  }
  if (wantsAllocations(search)) {
    await readAllocations(connection, schema, search, signal);
  }
}

/** One pass over all allocations, consumer by consumer. */
async function readAllocations(
  connection: Connection,
  schema: Schema,
  search: PlacementSearch,
  signal: AbortSignal | undefined,
): Promise<void> {
  const signs = new AllocationSigns(search, tellsSharing(schema));
  const rootOf = await readRoots(connection, schema, signal);
  const sql = `SELECT DISTINCT consumer_id, resource_provider_id FROM allocations ORDER BY consumer_id`;
  let consumer: string | undefined;
  let roots = new Set<string>();
  await connection.stream(
    sql,
    [],
    (row) => {
      const next = uuidOf(row.consumer_id);
      if (next !== consumer) {
        if (consumer !== undefined) signs.consumer(consumer, roots);
        consumer = next;
        roots = new Set();
      }
      const root = rootOf.get(integerOf(row.resource_provider_id));
      if (root) roots.add(root.uuid);
    },
    signal,
  );
  if (consumer !== undefined) signs.consumer(consumer, roots);
  await signs.end(new Map([...rootOf.values()].map((root) => [root.uuid, root])).values());
}
