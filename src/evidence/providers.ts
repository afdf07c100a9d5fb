import type { Connection } from '../cloud/database/connection';
import type { Schema } from '../model/schema';
import { hasColumn } from './sql';
import { integerOf, textOf, timeOf, uuidOf } from './values';

/** A row of `resource_providers`. */
export interface Provider {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  /** id of the root of its tree: its own where it is one */
  readonly root: number;
  readonly createdAt: string | null;
}

/** A provider of what others use, such as a pool of shared storage: no machine, though instances have allocations on it. */
const sharingTrait = 'MISC_SHARES_VIA_AGGREGATE';

/** Sharing cannot be told apart in a release that does not have these. */
export function tellsSharing(schema: Schema): boolean {
  return (
    hasColumn(schema.tables.get('resource_provider_traits'), 'trait_id') &&
    hasColumn(schema.tables.get('traits'), 'name')
  );
}

/** A condition: the provider of this id shares (placement/objects/research_context.py, Zed). None where it cannot be told. */
export function isSharing(schema: Schema, id: string): string {
  if (!tellsSharing(schema)) {
    return 'FALSE';
  }
  return `EXISTS (SELECT 1 FROM resource_provider_traits rpt JOIN traits t ON t.id = rpt.trait_id
    WHERE rpt.resource_provider_id = ${id} AND t.name = '${sharingTrait}')`;
}

/** The id of the root of a provider's tree; before Queens there were no trees. */
export function rootOf(schema: Schema, alias: string): string {
  const nested = hasColumn(schema.tables.get('resource_providers'), 'root_provider_id');
  return nested ? `COALESCE(${alias}.root_provider_id, ${alias}.id)` : `${alias}.id`;
}

/** Every provider of a tree whose root may stand for a compute node. */
export async function readProviders(
  connection: Connection,
  schema: Schema,
  signal?: AbortSignal,
): Promise<ReadonlyMap<number, Provider>> {
  const root = rootOf(schema, 'rp');
  const sql = `SELECT rp.id, rp.uuid, rp.name, ${root} AS root, rp.created_at FROM resource_providers rp
    WHERE NOT ${isSharing(schema, root)}`;
  const providers = new Map<number, Provider>();
  await connection.stream(
    sql,
    [],
    (row) => {
      const id = integerOf(row.id);
      providers.set(id, {
        id,
        uuid: uuidOf(row.uuid),
        name: textOf(row.name) ?? '',
        root: integerOf(row.root),
        createdAt: timeOf(row.created_at),
      });
    },
    signal,
  );
  return providers;
}
