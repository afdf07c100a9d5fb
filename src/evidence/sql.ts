import type { Table } from '../model/schema';

/** UUIDs in one IN list. */
export const batchSize = 500;

export function quoted(identifier: string): string {
  return `\`${identifier.replaceAll('`', '``')}\``;
}

/** `(?, ?, ?)` for as many values. */
export function inList(values: readonly unknown[]): string {
  return `(${values.map(() => '?').join(', ')})`;
}

/** A select list of the wanted columns; those that this release does not have come as NULL. */
export function selectList(table: Table, wanted: readonly string[]): string {
  const names = new Set(table.columns.map(({ name }) => name));
  return wanted.map((name) => (names.has(name) ? quoted(name) : `NULL AS ${quoted(name)}`)).join(', ');
}

export function hasColumn(table: Table | undefined, column: string): table is Table {
  return table?.columns.some(({ name }) => name === column) ?? false;
}

export function* batches<T>(items: readonly T[], size = batchSize): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) {
    yield items.slice(start, start + size);
  }
}
