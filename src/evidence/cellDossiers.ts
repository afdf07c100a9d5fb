import type { Connection } from '../cloud/database/connection';
import type {
  CachedPort,
  Consumer,
  DeleteAction,
  InstanceRow,
  Migration,
  PciDevice,
  VolumeAttachment,
  VolumeUser,
} from '../model/facts';
import type { Schema, Table } from '../model/schema';
import { readTableRows, type CellTableRows } from './cellTableRows';
import { readPciDevices, readTokens } from './held';
import { instanceRow, selectInstances } from './instanceRows';
import type { Named } from './named';
import { parseNetworkInfo } from './networkInfo';
import { tableOf } from './schema';
import { hasColumn, inList, selectList } from './sql';
import { integerOf, textOf, timeOf, uuidOf } from './values';

/** What one cell has of some UUIDs. */
export interface CellFindings extends CellTableRows {
  readonly cell: string;
  readonly rows: readonly InstanceRow[];
  /** UUIDs that `shadow_instances` has */
  readonly shadows: readonly string[];
  readonly migrations: readonly Named<Migration>[];
  readonly deleteActions: readonly Named<DeleteAction>[];
  readonly volumes: readonly Named<VolumeAttachment>[];
  readonly volumeUsers: readonly Named<VolumeUser>[];
  readonly ports: readonly Named<CachedPort>[];
  readonly pciDevices: readonly Named<PciDevice>[];
  /** `console_auth_tokens.expires` of the newest, seconds since the epoch */
  readonly tokens: readonly Named<number>[];
  /** migrations whose own UUID is asked for */
  readonly movers: readonly Named<Mover>[];
}

export type Mover = NonNullable<Consumer['migration']>;

/** Of a live row of `block_device_mapping` whose device is a volume; older releases do not tell its type. */
export function isVolume(table: Table | undefined): string {
  const typed = hasColumn(table, 'destination_type') ? " AND destination_type = 'volume'" : '';
  return `deleted = 0 AND volume_id IS NOT NULL${typed}`;
}

/** Reads one cell about a batch of UUIDs. A table that this release does not have holds nothing. */
export class CellInquiry {
  constructor(
    private readonly connection: Connection,
    private readonly cell: string,
    private readonly schema: Schema,
    private readonly uuids: readonly string[],
    private readonly signal?: AbortSignal,
  ) {}

  async read(): Promise<CellFindings> {
    const { connection, cell, schema, uuids, signal } = this;
    const select = `${selectInstances(tableOf(schema, 'instances'))} WHERE uuid IN ${inList(uuids)}`;
    const rows = (await connection.query(select, uuids, signal)).map((row) => instanceRow(cell, row));
    return {
      cell,
      rows,
      shadows: await this.shadows(),
      migrations: await this.migrations(),
      deleteActions: await this.deleteActions(),
      volumes: await this.volumes(),
      volumeUsers: await this.volumeUsers(),
      ports: await this.ports(),
      pciDevices: await readPciDevices(connection, cell, schema, uuids, signal),
      tokens: await readTokens(connection, schema, uuids, signal),
      movers: await this.movers(),
      ...(await readTableRows(connection, cell, schema, uuids, rows, signal)),
    };
  }

  private async shadows(): Promise<string[]> {
    const rows = await this.named('shadow_instances', 'uuid', ['uuid'], '', (row) => row.uuid);
    return rows.map(({ uuid }) => uuid);
  }

  /** Soft-deleted ones too: the hosts that they name may still hold something of a deleted instance. */
  private migrations(): Promise<Named<Migration>[]> {
    const columns = [
      'id',
      'uuid',
      'status',
      'migration_type',
      'source_compute',
      'dest_compute',
      'updated_at',
      'created_at',
    ];
    return this.named('migrations', 'instance_uuid', columns, 'ORDER BY id', (row) => ({
      cell: this.cell,
      id: integerOf(row.id),
      uuid: textOf(row.uuid),
      status: textOf(row.status),
      type: textOf(row.migration_type),
      sourceCompute: textOf(row.source_compute),
      destCompute: textOf(row.dest_compute),
      updatedAt: timeOf(row.updated_at),
      createdAt: timeOf(row.created_at),
    }));
  }

  /** Every way to delete is noted as `delete`: nova/compute/api.py, _delete, and nova/compute/instance_actions.py. */
  private deleteActions(): Promise<Named<DeleteAction>[]> {
    const which = "AND action = 'delete' ORDER BY id";
    return this.named('instance_actions', 'instance_uuid', ['action', 'start_time'], which, (row) => ({
      cell: this.cell,
      action: String(row.action),
      startTime: timeOf(row.start_time),
    }));
  }

  private volumes(): Promise<Named<VolumeAttachment>[]> {
    const columns = ['volume_id', 'attachment_id'];
    const which = isVolume(this.schema.tables.get('block_device_mapping'));
    return this.named('block_device_mapping', 'instance_uuid', columns, `AND ${which}`, (row) => ({
      cell: this.cell,
      volumeId: String(row.volume_id),
      attachmentId: textOf(row.attachment_id),
    }));
  }

  /** `volume_id` has an index of its own in every release that has UUIDs there. */
  private volumeUsers(): Promise<Named<VolumeUser>[]> {
    return this.named('block_device_mapping', 'volume_id', ['instance_uuid'], 'AND deleted = 0', (row) => ({
      cell: this.cell,
      instance: uuidOf(row.instance_uuid),
    }));
  }

  private async ports(): Promise<Named<CachedPort>[]> {
    const caches = await this.named('instance_info_caches', 'instance_uuid', ['network_info'], '', (row) =>
      parseNetworkInfo(textOf(row.network_info)),
    );
    return caches.flatMap(({ uuid, fact }) => fact.map((port) => ({ uuid, fact: port })));
  }

  /** While an instance moves, its migration is a consumer of Placement in its stead. */
  private movers(): Promise<Named<Mover>[]> {
    return this.named('migrations', 'uuid', ['instance_uuid', 'status', 'deleted'], '', (row) => ({
      cell: this.cell,
      instance: uuidOf(row.instance_uuid),
      status: textOf(row.status),
      deleted: integerOf(row.deleted) !== 0,
    }));
  }

  private async named<T>(
    table: string,
    column: string,
    columns: readonly string[],
    which: string,
    read: (row: Awaited<ReturnType<Connection['query']>>[number]) => T,
  ): Promise<Named<T>[]> {
    const described = this.schema.tables.get(table);
    if (!hasColumn(described, column)) {
      return [];
    }
    const sql = `SELECT ${column} AS asked, ${selectList(described, columns)} FROM ${table}
      WHERE ${column} IN ${inList(this.uuids)} ${which}`;
    const rows = await this.connection.query(sql, this.uuids, this.signal);
    return rows.map((row) => ({ uuid: uuidOf(row.asked), fact: read(row) }));
  }
}
