import type { Value } from '../cloud/database/connection';

/** A UUID as Nova and libvirt write it: databases tell no case apart, and what is joined in memory must not either. */
export function uuidOf(value: Value | undefined): string {
  return String(value).toLowerCase();
}

export function textOf(value: Value | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

/** An integer column; NULL, as in an old row's `hidden`, counts as 0. */
export function integerOf(value: Value | undefined): number {
  return value === null || value === undefined ? 0 : Number(value);
}

/** A DATETIME, which Nova writes in UTC, as ISO 8601; null for NULL and for MySQL's zero date. */
export function timeOf(value: Value | undefined): string | null {
  const text = textOf(value);
  return text === null || text.startsWith('0000-00-00') ? null : `${text.replace(' ', 'T')}Z`;
}

/** ISO 8601 as a DATETIME literal's text. */
export function datetimeOf(time: Date): string {
  return time.toISOString().slice(0, 19).replace('T', ' ');
}
