import type { Connection } from '../cloud/database/connection';
import type { Schema } from '../model/schema';
import { mentionLeftovers, Mentions, readMentions, type Condition } from './apiMentions';
import type { FoundLeftover } from './leftovers';
import { MappingSigns, streamMappings, type MappingRow, type MappingSearch } from './signs/mappingSigns';
import { integerOf, uuidOf } from './values';

/** UUIDs held in memory at a time: about this many of `instance_mappings`. */
const mappingsPerRange = 10_000;
const mostRanges = 256;

/**
 * Rows of the API database that name an instance of which no cell has a row, not even a soft-deleted one. All cells
 * must be here: a row that a missing cell has would not be seen. On the way it looks for signs of the mappings. Goes
 * through ranges of UUIDs, so that a million mappings are never in memory at once.
 */
export async function findApiLeftovers(
  api: Connection,
  schema: Schema,
  cells: readonly Connection[],
  search: MappingSearch,
  signal?: AbortSignal,
): Promise<FoundLeftover[]> {
  const found: FoundLeftover[] = [];
  for (const [from, to] of uuidRanges(await countMappings(api, signal))) {
    const condition: Condition = { sql: (column) => `${column} >= ? AND ${column} < ?`, values: [from, to] };
    const known = new Set<string>();
    const rows = 'SELECT uuid FROM instances WHERE uuid >= ? AND uuid < ?';
    await Promise.all(
      cells.map((cell) => cell.stream(rows, [from, to], (row) => known.add(uuidOf(row.uuid)), signal)),
    );
    const mentions = new Mentions(known);
    const signs = new MappingSigns(known, search);
    const take = (mapping: MappingRow): void => {
      mentions.add(mapping.uuid, 'instance_mappings', 1, mapping.createdAt);
      signs.take(mapping);
    };
    await streamMappings(api, schema, condition, take, signal);
    signs.end();
    await readMentions(api, schema, condition, mentions, { except: ['instance_mappings'], signal });
    for (const mention of mentions.byUuid.values()) found.push(...mentionLeftovers(mention, search.youngest));
  }
  return found;
}

async function countMappings(api: Connection, signal: AbortSignal | undefined): Promise<number> {
  const [row] = await api.query('SELECT COUNT(*) AS n FROM instance_mappings', [], signal);
  return integerOf(row?.n);
}

/** Adjoining ranges [from, to) that hold every UUID; `g` comes after all hexadecimal digits. */
export function uuidRanges(mappings: number): [from: string, to: string][] {
  const count = Math.min(mostRanges, Math.max(1, Math.ceil(mappings / mappingsPerRange)));
  const border = (index: number): string => {
    const prefix = Math.floor((index * 0x10000) / count);
    return prefix.toString(16).padStart(4, '0');
  };
  return Array.from({ length: count }, (_, index) => [
    index === 0 ? '' : border(index),
    index === count - 1 ? 'g' : border(index + 1),
  ]);
}
