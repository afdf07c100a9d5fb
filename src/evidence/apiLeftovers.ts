import type { Connection } from '../cloud/database/connection';
import type { Schema } from '../model/schema';
import { mentionLeftovers, Mentions, readMentions, type Condition } from './apiMentions';
import type { FoundLeftover } from './leftovers';
import { DifferingRanges, instanceDigest, mappingDigest, readDigests, together } from './mappingDigests';
import { tableOf } from './schema';
import { MappingSigns, streamMappings, type MappingRow, type MappingSearch } from './signs/mappingSigns';
import { uuidOf } from './values';

/**
 * Rows of the API database that name an instance of which no cell has a row, not even a soft-deleted one. All cells
 * must be here: a row that a missing cell has would not be seen. On the way it looks for signs of the mappings. Only
 * those ranges of UUIDs are read in which the mappings and the cells differ, one at a time.
 */
export async function findApiLeftovers(
  api: Connection,
  schema: Schema,
  cells: readonly Connection[],
  search: MappingSearch,
  signal?: AbortSignal,
): Promise<FoundLeftover[]> {
  const found: FoundLeftover[] = [];
  const add = (mentions: Mentions): void => {
    for (const mention of mentions.byUuid.values()) found.push(...mentionLeftovers(mention, search.youngest));
  };
  const ranges = await differingRanges(api, schema, cells, signal);
  for (const borders of ranges.borders) {
    add(await readRange(api, schema, cells, borders, search, signal));
  }
  // Elsewhere, what has a mapping has its row in a cell.
  const unmapped: Condition = {
    sql: (column) => `${column} NOT IN (SELECT instance_uuid FROM instance_mappings)`,
    values: [],
  };
  const mentions = new Mentions((uuid) => ranges.hold(uuid));
  await readMentions(api, schema, unmapped, mentions, { except: ['instance_mappings'], signal });
  add(mentions);
  return found;
}

async function differingRanges(
  api: Connection,
  schema: Schema,
  cells: readonly Connection[],
  signal: AbortSignal | undefined,
): Promise<DifferingRanges> {
  const mappings = tableOf(schema, 'instance_mappings');
  const [mapped, ...ofCells] = await Promise.all([
    readDigests(api, mappingDigest(mappings), signal),
    ...cells.map((cell) => readDigests(cell, instanceDigest(mappings), signal)),
  ]);
  return new DifferingRanges(mapped, together(ofCells));
}

async function readRange(
  api: Connection,
  schema: Schema,
  cells: readonly Connection[],
  [from, to]: readonly [string, string],
  search: MappingSearch,
  signal: AbortSignal | undefined,
): Promise<Mentions> {
  const condition: Condition = { sql: (column) => `${column} >= ? AND ${column} < ?`, values: [from, to] };
  const known = new Set<string>();
  const rows = 'SELECT uuid FROM instances WHERE uuid >= ? AND uuid < ?';
  await Promise.all(
    cells.map((cell) => cell.stream(rows, [from, to], (row) => known.add(uuidOf(row.uuid)), signal)),
  );
  const mentions = new Mentions((uuid) => known.has(uuid));
  const signs = new MappingSigns(known, search);
  const take = (mapping: MappingRow): void => {
    mentions.add(mapping.uuid, 'instance_mappings', 1, mapping.createdAt);
    signs.take(mapping);
  };
  await streamMappings(api, schema, condition, take, signal);
  signs.end();
  await readMentions(api, schema, condition, mentions, { except: ['instance_mappings'], signal });
  return mentions;
}
