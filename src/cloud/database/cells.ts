import type { FieldPacket, TypeCastField } from 'mysql2';
import type { RawColumn, Value } from './connection';

type Type = TypeCastField['type'];

const integers: ReadonlySet<Type> = new Set<Type>(['TINY', 'SHORT', 'INT24', 'LONG', 'LONGLONG', 'YEAR']);

/**
 * How `query` and `stream` read a cell: integers as number while they fit, everything else as the server wrote it.
 * Without this mysql2 makes a number of a FLOAT, a Buffer of binary text and an object of JSON.
 */
export function readCell(field: TypeCastField, next: () => unknown): Value {
  return integers.has(field.type) ? (next() as Value) : field.string('utf8');
}

/** Types of the protocol as numbers: MySQL internals, enum_field_types. */
const numberTypes: ReadonlySet<number> = new Set([0, 1, 2, 3, 8, 9, 13, 246]);
const realTypes: ReadonlySet<number> = new Set([4, 5]);
const timeTypes: ReadonlySet<number> = new Set([7, 10, 11, 12, 14]);
const bit = 16;
const json = 245;
const geometry = 255;
/** The character set number that marks bytes: BINARY, VARBINARY and the BLOBs. */
const binaryCharacterSet = 63;

/** What a literal of this column has to look like, in a restore file. */
export function columnKind({ columnType = 0, characterSet = 0 }: FieldPacket): RawColumn['kind'] {
  if (numberTypes.has(columnType)) return 'number';
  if (realTypes.has(columnType)) return 'real';
  if (timeTypes.has(columnType)) return 'time';
  if (columnType === bit || columnType === geometry) return 'binary';
  return characterSet === binaryCharacterSet && columnType !== json ? 'binary' : 'text';
}
