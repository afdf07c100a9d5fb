import type { Dossier } from '../model/dossier';
import type { RowRepair } from '../model/rowRepair';
import type { Remedy } from '../model/suspect';
import { stepsOnly } from './stepsOnly';

/** A change of single rows, or nothing where there is none to make. */
export function repairOf(repairs: readonly RowRepair[], wanted: boolean): Remedy {
  const nothing = stepsOnly([], wanted);
  return repairs.length === 0
    ? nothing
    : { ...nothing, depth: 'repair', depths: ['repair', 'none'], repairs };
}

/** What hangs on deleted rows is marked as well, and the API counts the instance no more. */
export function finishDelete(cells: readonly string[], { mapping }: Dossier): readonly RowRepair[] {
  const counted = mapping !== undefined && !mapping.queuedForDelete;
  return [
    ...[...new Set(cells)].map((cell): RowRepair => ({ do: 'finish-delete', cell })),
    ...(counted ? [{ do: 'queue-mapping' } as const] : []),
  ];
}

/** The rows of some tables go, in each cell that has any. */
export function removeRows({ tables }: Dossier, names: readonly string[]): readonly RowRepair[] {
  return tables
    .filter(({ table, rows }) => rows > 0 && names.includes(table))
    .map(({ cell, table }) => ({ do: 'remove-rows', cell, table }));
}
