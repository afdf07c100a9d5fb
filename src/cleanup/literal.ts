import { reservedWords } from './reservedWords';
import { matches } from './sql/condition';
import type { Token } from './sql/scan';

// Printable ASCII without the quote and the backslash: it means the same under every sql_mode and character set.
const harmless = /^[\x20-\x26\x28-\x5b\x5d-\x7e]*$/;
const plainName = /^[a-z][a-z0-9_]*$/;
const hexDigits = /^(?:[0-9a-f]{2})*$/i;
const isoTime = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?Z?$/;

/** A value as SQL text that ends where the value ends, whatever it holds. Numbers are integers. */
export function literal(value: string | number | null): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return integer(value);
  return harmless.test(value) ? `'${value}'` : `CONVERT(X'${hex(value)}' USING utf8mb4)`;
}

/** The string or NULL that is written so; undefined for everything else. */
export function readLiteral(tokens: readonly Token[]): string | null | undefined {
  const [first, , , hexadecimal] = tokens;
  if (tokens.length === 1 && first?.kind === 'string') return first.text;
  if (matches(tokens, ['NULL'])) return null;
  const bytes = hexadecimal?.text ?? '';
  const written = ['CONVERT', '(', 'X', { string: bytes }, 'USING', 'UTF8MB4', ')'];
  return matches(tokens, written) && hexDigits.test(bytes) ? textOf(bytes) : undefined;
}

/** A name of a schema, table or column; quoted unless it can't be read as anything else. */
export function identifier(name: string): string {
  const plain = plainName.test(name) && !reservedWords.has(name.toUpperCase());
  return plain ? name : '`' + name.replaceAll('`', '``') + '`';
}

/** An ISO 8601 time in UTC as the literal of a DATETIME. */
export function timeLiteral(iso: string | null): string {
  if (iso === null) return 'NULL';
  const [, day, time, fraction = ''] = isoTime.exec(iso) ?? [];
  if (day === undefined || time === undefined) throw new RangeError(`not a time in UTC: ${iso}`);
  const digits = fraction.replace(/0+$/, '');
  return literal(`${day} ${time}${digits === '' ? '' : `.${digits}`}`);
}

function integer(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not an integer: ${value}`);
  return String(value);
}

function hex(value: string): string {
  return Array.from(new TextEncoder().encode(value), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function textOf(bytes: string): string {
  const numbers = (bytes.match(/../g) ?? []).map((digits) => parseInt(digits, 16));
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(numbers));
}
