import type { Connection } from '../../cloud/database/connection';
import type { LiveRow } from '../../model/facts';
import type { Schema } from '../../model/schema';
import type { Sign } from '../../model/sign';
import { isUuid } from '../../model/uuid';
import type { Condition } from '../apiMentions';
import { tellsQueued } from '../mappingDigests';
import { tableOf } from '../schema';
import { hasColumn, selectList } from '../sql';
import { integerOf, timeOf, uuidOf } from '../values';
import type { FoundSign } from './cellSigns';

/** What is to be looked for in the API database, once every cell was read. */
export interface MappingSearch {
  readonly wanted: ReadonlySet<Sign>;
  /** the live rows of an instance in all cells */
  readonly liveRows: (uuid: string) => readonly LiveRow[];
  /** what was made after this moment, ISO 8601 UTC, may be on its way */
  readonly youngest: string;
  readonly found: FoundSign;
}

/** A row of `instance_mappings`. */
export interface MappingRow {
  readonly uuid: string;
  readonly cellId: number | null;
  /** false for NULL: nova/objects/instance_mapping.py, get_not_deleted_by_cell_and_project (Zed) */
  readonly queued: boolean;
  readonly createdAt: string | null;
}

/** The mappings that the condition picks; no two are of one instance (uniq_instance_mappings0instance_uuid). */
export async function streamMappings(
  api: Connection,
  schema: Schema,
  condition: Condition,
  take: (mapping: MappingRow) => void,
  signal?: AbortSignal,
): Promise<void> {
  const mappings = tableOf(schema, 'instance_mappings');
  const known = tellsQueued(mappings);
  const select = selectList(mappings, ['instance_uuid', 'cell_id', 'queued_for_delete', 'created_at']);
  await api.stream(
    `SELECT ${select} FROM instance_mappings WHERE ${condition.sql('instance_uuid')}`,
    condition.values,
    (row) => {
      take({
        uuid: uuidOf(row.instance_uuid),
        cellId: row.cell_id === null ? null : integerOf(row.cell_id),
        queued: !known || integerOf(row.queued_for_delete) !== 0,
        createdAt: timeOf(row.created_at),
      });
    },
    signal,
  );
}

/** Holds the mappings of a range of UUIDs against the instances of that range which some cell has. */
export class MappingSigns {
  private readonly mapped = new Set<string>();

  /** @param known UUIDs of which a cell has a row, deleted or not */
  constructor(
    private readonly known: ReadonlySet<string>,
    private readonly search: MappingSearch,
  ) {}

  take({ uuid, cellId, queued, createdAt }: MappingRow): void {
    const { liveRows, youngest } = this.search;
    this.mapped.add(uuid);
    if (cellId === null && (createdAt ?? '') <= youngest) {
      this.found(uuid, 'mapping-without-cell');
    }
    if (!queued && this.known.has(uuid) && liveRows(uuid).length === 0) {
      this.found(uuid, 'mapping-not-queued');
    }
  }

  /** After the last mapping. The API database was read first: it does not have what was made since. */
  end(): void {
    const { liveRows, youngest } = this.search;
    for (const uuid of this.known) {
      if (!this.mapped.has(uuid) && liveRows(uuid).some(({ createdAt }) => (createdAt ?? '') <= youngest)) {
        this.found(uuid, 'without-mapping');
      }
    }
  }

  private found(uuid: string, sign: Sign): void {
    if (this.search.wanted.has(sign) && isUuid(uuid)) this.search.found(uuid, sign);
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
