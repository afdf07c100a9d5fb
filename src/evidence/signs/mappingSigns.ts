import type { Connection } from '../../cloud/database/connection';
import type { InstanceRow } from '../../model/facts';
import type { Schema } from '../../model/schema';
import type { Sign } from '../../model/sign';
import { isUuid } from '../../model/uuid';
import type { Condition } from '../apiMentions';
import { tableOf } from '../schema';
import { hasColumn, selectList } from '../sql';
import { integerOf, timeOf, uuidOf } from '../values';
import type { FoundSign } from './cellSigns';

/** What is to be looked for in the API database, once every cell was read. */
export interface MappingSearch {
  readonly wanted: ReadonlySet<Sign>;
  /** the live rows of an instance in all cells */
  readonly liveRows: (uuid: string) => readonly InstanceRow[];
  /** what was made after this moment, ISO 8601 UTC, may be on its way */
  readonly youngest: string;
  readonly found: FoundSign;
}

const signs: readonly Sign[] = ['mapping-without-cell', 'without-mapping', 'mapping-not-queued'];

/**
 * The mappings that the condition picks, against the instances of the same range that some cell has.
 *
 * @param known UUIDs of which a cell has a row, deleted or not
 */
export async function streamMappingSigns(
  api: Connection,
  schema: Schema,
  condition: Condition,
  known: ReadonlySet<string>,
  search: MappingSearch,
  signal?: AbortSignal,
): Promise<void> {
  const { wanted, liveRows, youngest } = search;
  if (!signs.some((sign) => wanted.has(sign))) {
    return;
  }
  const found: FoundSign = (uuid, sign) => {
    if (wanted.has(sign) && isUuid(uuid)) search.found(uuid, sign);
  };
  const mappings = tableOf(schema, 'instance_mappings');
  const tellsQueued = hasColumn(mappings, 'queued_for_delete');
  const select = selectList(mappings, ['instance_uuid', 'cell_id', 'queued_for_delete', 'created_at']);
  const mapped = new Set<string>();
  await api.stream(
    `SELECT ${select} FROM instance_mappings WHERE ${condition.sql('instance_uuid')}`,
    condition.values,
    (row) => {
      const uuid = uuidOf(row.instance_uuid);
      mapped.add(uuid);
      if (row.cell_id === null && (timeOf(row.created_at) ?? '') <= youngest) {
        found(uuid, 'mapping-without-cell');
      }
      // NULL is not queued either: nova/objects/instance_mapping.py, get_not_deleted_by_cell_and_project (Zed).
      const queued = !tellsQueued || integerOf(row.queued_for_delete) !== 0;
      if (!queued && known.has(uuid) && liveRows(uuid).length === 0) {
        found(uuid, 'mapping-not-queued');
      }
    },
    signal,
  );
  for (const uuid of known) {
    // The API database was read first: it does not have what was made since.
    if (!mapped.has(uuid) && liveRows(uuid).some(({ createdAt }) => (createdAt ?? '') <= youngest)) {
      found(uuid, 'without-mapping');
    }
  }
}

/** Build requests that have waited for a while: nova-conductor deletes them as soon as a cell has the row. */
export async function streamBuildRequests(
  api: Connection,
  schema: Schema,
  { wanted, youngest, found }: MappingSearch,
  signal?: AbortSignal,
): Promise<void> {
  if (!wanted.has('build-request') || !hasColumn(schema.tables.get('build_requests'), 'instance_uuid')) {
    return;
  }
  const sql = 'SELECT instance_uuid AS uuid, created_at FROM build_requests WHERE instance_uuid IS NOT NULL';
  await api.stream(
    sql,
    [],
    (row) => {
      const uuid = uuidOf(row.uuid);
      if (isUuid(uuid) && (timeOf(row.created_at) ?? '') <= youngest) found(uuid, 'build-request');
    },
    signal,
  );
}
