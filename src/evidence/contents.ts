import type { CellMapping, CloudAccess } from '../cloud/access';
import type { Connection } from '../cloud/database/connection';
import type { DatabaseContent } from '../model/content';
import type { InstanceMapping, InstanceRow } from '../model/facts';
import { tablesOf } from '../model/instanceTables';
import { apiDatabaseId, type DatabaseId, type Schema } from '../model/schema';
import { readMappings } from './apiDossiers';
import { TableCounter } from './counts';
import { instanceRow, selectInstances } from './instanceRows';
import { apiNeeds, cellNeeds, readKnownSchema, tableOf } from './schema';
import { sideBySide } from './sideBySide';
import { inSnapshot } from './snapshot';
import { batches, inList } from './sql';

const databasesAtATime = 16;

type Contents = Map<string, DatabaseContent>;

/**
 * What every database of the cloud holds about each UUID, the cells first; only databases that mention it. Rejects
 * when one of them cannot be read: a plan must know all rows.
 */
export async function readContents(
  access: CloudAccess,
  cells: readonly CellMapping[],
  uuids: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, DatabaseContent[]>> {
  const distinct = [...new Set(uuids)];
  const ofCells = await sideBySide(cells, databasesAtATime, (cell) =>
    inSnapshot(
      () => access.openCell(cell, signal),
      (connection) => cellContents(connection, cell, distinct, signal),
      signal,
    ),
  );
  const ofApi = await inSnapshot(
    () => access.openApi(signal),
    (connection) => apiContents(connection, cells, distinct, signal),
    signal,
  );
  const inOrder = [...ofCells, ofApi];
  return new Map(distinct.map((uuid) => [uuid, inOrder.flatMap((contents) => contents.get(uuid) ?? [])]));
}

async function cellContents(
  connection: Connection,
  cell: CellMapping,
  uuids: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Contents> {
  const schema = await readKnownSchema(connection, cellNeeds, signal);
  const contents: Contents = new Map();
  for (const batch of batches(uuids)) {
    const sql = `${selectInstances(tableOf(schema, 'instances'))} WHERE uuid IN ${inList(batch)}`;
    const rows = (await connection.query(sql, batch, signal)).map((row) => instanceRow(cell.uuid, row));
    const instances = new Map(rows.map((row) => [row.uuid, row]));
    const counter = new TableCounter(connection, schema, batch, instances, signal);
    await counter.count(tablesOf('cell'));
    gather(contents, cell.uuid, schema, batch, counter, { instances, mappings: new Map() });
  }
  return contents;
}

async function apiContents(
  connection: Connection,
  cells: readonly CellMapping[],
  uuids: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Contents> {
  const schema = await readKnownSchema(connection, apiNeeds, signal);
  const contents: Contents = new Map();
  for (const batch of batches(uuids)) {
    const mappings = await readMappings(connection, schema, cells, batch, signal);
    const counter = new TableCounter(connection, schema, batch, new Map(), signal);
    await counter.count(tablesOf('api'));
    gather(contents, apiDatabaseId, schema, batch, counter, { instances: new Map(), mappings });
  }
  return contents;
}

interface Rows {
  readonly instances: ReadonlyMap<string, InstanceRow>;
  readonly mappings: ReadonlyMap<string, InstanceMapping>;
}

function gather(
  contents: Contents,
  database: DatabaseId,
  schema: Schema,
  uuids: readonly string[],
  counter: TableCounter,
  { instances, mappings }: Rows,
): void {
  for (const uuid of uuids) {
    const { counts, ids } = counter.of(uuid);
    const instance = instances.get(uuid);
    const mapping = mappings.get(uuid);
    if (counts.size > 0 || instance) {
      contents.set(uuid, {
        database,
        schema,
        counts,
        ...(ids.size > 0 ? { ids } : {}),
        ...(instance ? { instance } : {}),
        ...(mapping ? { mapping } : {}),
      });
    }
  }
}
