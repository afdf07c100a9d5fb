import type { CellMapping } from '../cloud/access';
import type { Connection } from '../cloud/database/connection';
import type { InstanceMapping } from '../model/facts';
import type { Schema } from '../model/schema';
import { Mentions, readMentions, type ApiMention, type Condition } from './apiMentions';
import { tableOf } from './schema';
import { inList, selectList } from './sql';
import { integerOf, timeOf, uuidOf } from './values';

/** What the API database has of some UUIDs. */
export interface ApiFindings {
  readonly mappings: ReadonlyMap<string, InstanceMapping>;
  /** when the build request was made, by the instance's UUID */
  readonly buildRequests: ReadonlyMap<string, string>;
  readonly mentions: ReadonlyMap<string, ApiMention>;
}

/** Reads the API database about a batch of UUIDs. */
export async function readApiFindings(
  connection: Connection,
  schema: Schema,
  cells: readonly CellMapping[],
  uuids: readonly string[],
  signal?: AbortSignal,
): Promise<ApiFindings> {
  const mentions = new Mentions();
  const among: Condition = { sql: (column) => `${column} IN ${inList(uuids)}`, values: uuids };
  await readMentions(connection, schema, among, mentions, { signal });
  return {
    mappings: await readMappings(connection, schema, cells, uuids, signal),
    buildRequests: await readBuildRequests(connection, schema, uuids, signal),
    mentions: mentions.byUuid,
  };
}

export async function readMappings(
  connection: Connection,
  schema: Schema,
  cells: readonly CellMapping[],
  uuids: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, InstanceMapping>> {
  const columns = ['id', 'instance_uuid', 'cell_id', 'queued_for_delete', 'project_id', 'created_at'];
  const select = selectList(tableOf(schema, 'instance_mappings'), columns);
  const sql = `SELECT ${select} FROM instance_mappings WHERE instance_uuid IN ${inList(uuids)}`;
  const uuidById = new Map(cells.map(({ id, uuid }) => [id, uuid]));
  const mappings = new Map<string, InstanceMapping>();
  for (const row of await connection.query(sql, uuids, signal)) {
    const cellId = row.cell_id === null ? null : integerOf(row.cell_id);
    mappings.set(uuidOf(row.instance_uuid), {
      id: integerOf(row.id),
      cell: cellId === null ? null : (uuidById.get(cellId) ?? null),
      cellId,
      queuedForDelete: integerOf(row.queued_for_delete) !== 0,
      projectId: String(row.project_id),
      createdAt: timeOf(row.created_at),
    });
  }
  return mappings;
}

async function readBuildRequests(
  connection: Connection,
  schema: Schema,
  uuids: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Map<string, string>> {
  if (!schema.tables.has('build_requests')) {
    return new Map();
  }
  const sql = `SELECT instance_uuid, created_at FROM build_requests WHERE instance_uuid IN ${inList(uuids)}`;
  const rows = await connection.query(sql, uuids, signal);
  return new Map(rows.map((row) => [uuidOf(row.instance_uuid), timeOf(row.created_at) ?? '']));
}
