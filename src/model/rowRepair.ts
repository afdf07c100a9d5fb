import { apiDatabaseId, type DatabaseId } from './schema';

/**
 * A change of single rows that leaves the instance itself as it is, drafted with the depth `repair`: what Nova's own
 * code would have written. `cell` is the UUID of the cell in whose database it is made, or to which it maps.
 */
export type RowRepair =
  /** `migrations.status` becomes error; the row stays, since clean-up after an evacuation needs it */
  | {
      readonly do: 'end-migration';
      readonly cell: string;
      readonly id: number;
      readonly status: string | null;
    }
  /** `instance_mappings.queued_for_delete` becomes 1 in the API database */
  | { readonly do: 'queue-mapping' }
  /** `instance_mappings.cell_id`, which is NULL, becomes that of the cell which has the live row */
  | { readonly do: 'map-to-cell'; readonly cell: string }
  /** a soft-deleted row of `instances`, and what hangs on it, is marked as Nova does: deleted = id, deleted_at */
  | { readonly do: 'finish-delete'; readonly cell: string }
  /** rows of one table go by its treatment in `instanceTables`: deleted, or detached where they are inventory */
  | { readonly do: 'remove-rows'; readonly cell: string; readonly table: string }
  /** the live row of `block_device_mapping` for a volume is marked as deleted */
  | { readonly do: 'forget-volume'; readonly cell: string; readonly volumeId: string }
  /** a live row is pointed at the host where its domain is; node and compute_id go along */
  | {
      readonly do: 'move-row';
      readonly cell: string;
      readonly from: string;
      readonly host: string;
      readonly node: string;
      readonly computeId?: number;
    };

/** The database in which it is made. */
export function databaseOf(repair: RowRepair): DatabaseId {
  return changesMapping(repair) ? apiDatabaseId : repair.cell;
}

/** Made in the API database, on the word of the cells. */
export function changesMapping(repair: RowRepair): repair is MappingRepair {
  return repair.do === 'queue-mapping' || repair.do === 'map-to-cell';
}

export type MappingRepair = Extract<RowRepair, { readonly do: 'queue-mapping' | 'map-to-cell' }>;

/** True when both do the same. Before 2023.2 `instances` has no compute_id that a row could be given. */
export function isSameRepair(one: RowRepair, other: RowRepair): boolean {
  const isMove = one.do === 'move-row' && other.do === 'move-row';
  const open = isMove && (one.computeId === undefined || other.computeId === undefined);
  return wordsOf(one, open) === wordsOf(other, open);
}

function wordsOf(repair: RowRepair, withoutComputeId: boolean): string {
  const entries = Object.entries(repair)
    .filter(([name, value]) => value !== undefined && !(withoutComputeId && name === 'computeId'))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(entries);
}
