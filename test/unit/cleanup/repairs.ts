import type { DatabaseContent, DraftSubject } from '../../../src/model/content';
import type { RowRepair } from '../../../src/model/rowRepair';
import type { KindId } from '../../../src/model/kindId';
import type { Suspect } from '../../../src/model/suspect';
import { apiContent, cell1, cellContent, instance, mapping, withRemedy } from './subjects';

export const volumeId = '5b1fd6a0-2f0b-4e8e-9a53-0d2c5f2f7c11';

export const endMigration: RowRepair = { do: 'end-migration', cell: cell1, id: 12, status: 'running' };
export const forgetVolume: RowRepair = { do: 'forget-volume', cell: cell1, volumeId };
export const finishDelete: RowRepair = { do: 'finish-delete', cell: cell1 };
export const queueMapping: RowRepair = { do: 'queue-mapping' };
export const mapToCell: RowRepair = { do: 'map-to-cell', cell: cell1 };
export const moveRow: RowRepair = {
  do: 'move-row',
  cell: cell1,
  from: 'compute-02',
  host: 'compute-03',
  node: 'compute-03.example.org',
};

export function removeRows(table: string): RowRepair {
  return { do: 'remove-rows', cell: cell1, table };
}

/** Soft-deleted by hand: `deleted` is not the id, and no time stands beside it. */
export const deletedContent: DatabaseContent = {
  ...cellContent,
  instance: { ...instance, deleted: 1 },
};

/** nova-conductor has not written in which cell it is, and no build request is left. */
export const unmapped: DatabaseContent = {
  ...apiContent,
  counts: new Map([
    ['request_specs', 1],
    ['instance_mappings', 1],
  ]),
  mapping: { ...mapping, cell: null, cellId: null },
};

/** A suspect that is repaired, on a live instance unless the contents say otherwise. */
export function repaired(
  repairs: readonly RowRepair[],
  contents: readonly DatabaseContent[] = [apiContent, cellContent],
  also: Partial<Suspect> & { readonly kind?: KindId } = {},
): DraftSubject {
  return { ...withRemedy({ depth: 'repair', depths: ['repair'], repairs }, also), contents };
}
