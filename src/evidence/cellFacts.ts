import type { CellMapping } from '../cloud/access';
import type { Connection } from '../cloud/database/connection';
import { apiDatabaseId, type Schema } from '../model/schema';
import type { CellFacts } from '../model/scene';
import { readMappings } from './apiDossiers';
import type { FoundLeftover } from './leftovers';
import { batches, inList } from './sql';
import { integerOf, timeOf, uuidOf } from './values';

/** A cell that was read to the end. */
export interface OpenCell {
  readonly cell: CellMapping;
  readonly connection: Connection;
  readonly schema: Schema;
}

/**
 * How well each cell fits what the API database says of it. A cell whose URL ends at another database, or whose
 * database was restored from an old backup, answers as well as any other, and lacks rows.
 *
 * @param leftovers of the API database: what it has of instances of which no cell has a row
 */
export async function readCellFacts(
  api: Connection,
  schema: Schema,
  cells: readonly OpenCell[],
  leftovers: readonly FoundLeftover[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, CellFacts>> {
  const mapped = await countMappings(api, signal);
  const missing = new Map<string, number>();
  const mappings = cells.map(({ cell }) => cell);
  for (const batch of batches(mappedUuids(leftovers))) {
    const archived = await readArchived(cells, batch, signal);
    for (const [uuid, { cell, queuedForDelete }] of await readMappings(
      api,
      schema,
      mappings,
      batch,
      signal,
    )) {
      if (cell !== null && !queuedForDelete && !archived.has(uuid))
        missing.set(cell, (missing.get(cell) ?? 0) + 1);
    }
  }
  const facts = cells.map(async ({ cell, connection }): Promise<[string, CellFacts]> => {
    const newestAt = await newestRow(connection, signal);
    return [
      cell.uuid,
      {
        name: cell.name,
        mapped: mapped.get(cell.id) ?? 0,
        missing: missing.get(cell.uuid) ?? 0,
        ...(newestAt === null ? {} : { newestAt }),
      },
    ];
  });
  return new Map(await Promise.all(facts));
}

/** Those that a cell has in `shadow_instances`: their rows are not lost. */
async function readArchived(
  cells: readonly OpenCell[],
  uuids: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const archived = new Set<string>();
  for (const { connection } of cells.filter(({ schema }) => schema.tables.has('shadow_instances'))) {
    const sql = `SELECT uuid FROM shadow_instances WHERE uuid IN ${inList(uuids)}`;
    await connection.stream(sql, uuids, (row) => archived.add(uuidOf(row.uuid)), signal);
  }
  return archived;
}

/** By cell_id, of instances that are not being deleted. */
async function countMappings(api: Connection, signal?: AbortSignal): Promise<Map<number, number>> {
  // The index of cell_id would lead to every row one by one: an expression has none.
  const sql = `SELECT cell_id + 0 AS cell, COUNT(*) AS n FROM instance_mappings
    WHERE COALESCE(queued_for_delete, 0) = 0 GROUP BY cell`;
  const rows = await api.query(sql, [], signal);
  return new Map(rows.map((row) => [integerOf(row.cell), integerOf(row.n)]));
}

function mappedUuids(leftovers: readonly FoundLeftover[]): string[] {
  const mapped = leftovers.filter(
    ({ leftover }) => leftover.database === apiDatabaseId && leftover.table === 'instance_mappings',
  );
  return mapped.map(({ uuid }) => uuid);
}

/** Rows are made in the order of their ids. */
async function newestRow(connection: Connection, signal?: AbortSignal): Promise<string | null> {
  const sql = 'SELECT created_at FROM instances ORDER BY id DESC LIMIT 1';
  const [row] = await connection.query(sql, [], signal);
  return timeOf(row?.created_at);
}
