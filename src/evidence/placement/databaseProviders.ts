import type { Connection } from '../../cloud/database/connection';
import type { Schema } from '../../model/schema';
import { hasColumn } from '../sql';
import { integerOf, textOf, uuidOf } from '../values';
import type { Root } from './allocationSigns';

/** A row of `resource_providers`. */
interface ProviderRow {
  readonly uuid: string;
  readonly name: string;
  /** id of the root of its tree: its own where it is one */
  readonly root: number;
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

/** The root of every provider, by the provider's id, where that may stand for a compute node. */
export async function readRoots(
  connection: Connection,
  schema: Schema,
  signal?: AbortSignal,
): Promise<ReadonlyMap<number, Root>> {
  const root = rootOf(schema, 'rp');
  const sql = `SELECT rp.id, rp.uuid, rp.name, ${root} AS root FROM resource_providers rp
    WHERE NOT ${isSharing(schema, root)}`;
  const rows = new Map<number, ProviderRow>();
  await connection.stream(
    sql,
    [],
    ({ id, uuid, name, root }) => {
      rows.set(integerOf(id), { uuid: uuidOf(uuid), name: textOf(name) ?? '', root: integerOf(root) });
    },
    signal,
  );
  return new Map(
    [...rows].flatMap(([id, { root }]): [number, Root][] => {
      const top = rows.get(root);
      return top ? [[id, { uuid: top.uuid, name: top.name }]] : [];
    }),
  );
}
