import type { Dossier } from '../model/dossier';
import type { RowRepair } from '../model/rowRepair';
import type { Remedy } from '../model/suspect';
import { stepsOnly } from './stepsOnly';

type Removal = Extract<RowRepair, { readonly do: 'remove-rows' }>;

/** A change of single rows, or nothing where there is none to make. */
export function repairOf(repairs: readonly RowRepair[], wanted: boolean): Remedy {
  const nothing = stepsOnly([], wanted);
  return repairs.length === 0
    ? nothing
    : { ...nothing, depth: 'repair', depths: ['repair', 'none'], repairs };
}

/** Without a column `deleted`: nova/db/main/api.py, instance_destroy (Victoria to 2025.1), which leaves share_mapping. */
const removedAlong: readonly string[] = ['tags', 'console_auth_tokens'];

/**
 * What Nova's own delete does below a deleted row: some rows are removed, the others marked, and the API counts the
 * instance no more.
 */
export function finishDelete(
  dossier: Dossier,
  rows: readonly { readonly cell: string }[],
): readonly RowRepair[] {
  const cells = [...new Set(rows.map(({ cell }) => cell))];
  const counted = dossier.mapping !== undefined && !dossier.mapping.queuedForDelete;
  return [
    ...removeRows(dossier, removedAlong).filter((repair) => cells.includes(repair.cell)),
    ...cells.map((cell): RowRepair => ({ do: 'finish-delete', cell })),
    ...(counted ? [{ do: 'queue-mapping' } as const] : []),
  ];
}

/** The rows of some tables go, in each cell that has any. */
export function removeRows({ tables }: Dossier, names: readonly string[]): readonly Removal[] {
  return tables
    .filter(({ table, rows }) => rows > 0 && names.includes(table))
    .map(({ cell, table }) => ({ do: 'remove-rows', cell, table }));
}
