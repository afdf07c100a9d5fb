import type { Schema } from '../../model/schema';
import type { Sign } from '../../model/sign';
import { isUuid } from '../../model/uuid';
import type { CellRead } from '../cellReads';
import { hasColumn } from '../sql';
import { uuidOf } from '../values';
import type { Ages } from './ages';
import type { CellSign } from './cellSign';
import { deletedSigns } from './deletedSigns';
import { heldSigns } from './heldSigns';
import { liveSigns } from './liveSigns';

const cellSigns: readonly CellSign[] = [...deletedSigns, ...liveSigns, ...heldSigns];

export type FoundSign = (uuid: string, sign: Sign) => void;

export interface CellSearch {
  readonly wanted: ReadonlySet<Sign>;
  readonly ages: Ages;
}

/** Looks for those signs in one cell that some kind names. */
export function signsOfCell(schema: Schema, { wanted, ages }: CellSearch, found: FoundSign): CellRead[] {
  const here = cellSigns.filter((each) => wanted.has(each.sign) && isHere(each, schema));
  return here.map(({ sign, sql, values }) => {
    const take = (uuid: string): void => {
      if (isUuid(uuid)) found(uuid, sign);
    };
    return (connection, signal) =>
      connection.stream(sql, values?.(ages) ?? [], (row) => take(uuidOf(row.uuid)), signal);
  });
}

function isHere({ needs, applies }: CellSign, schema: Schema): boolean {
  const complete = Object.entries(needs).every(([table, columns]) =>
    columns.every((column) => hasColumn(schema.tables.get(table), column)),
  );
  return complete && (applies?.(schema) ?? true);
}
