import type { CellMapping, CloudAccess } from '../../cloud/access';
import type { LiveRow } from '../../model/facts';
import { isUuid } from '../../model/uuid';
import type { Glimpses } from '../glimpses';
import type { ListedHost } from '../hostList';
import { readSchema } from '../schema';
import { isVolume } from '../cellDossiers';
import { sideBySide } from '../sideBySide';
import { inSnapshot } from '../snapshot';
import { hasColumn } from '../sql';
import { uuidOf } from '../values';

const cellsAtATime = 16;

/** What Nova's databases showed a moment before: a service's list is held against it. */
export class NovaRows {
  /** names of the hosts that Nova's databases list */
  readonly hosts: ReadonlySet<string>;
  readonly hasBareMetal: boolean;

  /**
   * @param answered the cells that were read to the end
   * @param whole these are all: only then is a UUID without a live row no live instance
   */
  constructor(
    private readonly access: CloudAccess,
    private readonly glimpses: Glimpses,
    hosts: readonly ListedHost[],
    private readonly answered: readonly CellMapping[],
    private readonly whole: boolean,
  ) {
    const listed = hosts.filter((host) => host.listed);
    this.hosts = new Set(listed.map(({ host }) => host));
    this.hasBareMetal = listed.some(({ hypervisorType }) => hypervisorType?.toLowerCase() === 'ironic');
  }

  isLive(uuid: string): boolean {
    return this.glimpses.isLive(uuid);
  }

  /** It is surely no live instance. */
  isNone(uuid: string): boolean {
    return this.whole && isUuid(uuid) && !this.isLive(uuid);
  }

  *live(): Generator<LiveRow> {
    for (const { liveRows } of this.glimpses.byUuid.values()) yield* liveRows;
  }

  /** Live instances are on hosts, with all that they hold. */
  hasPlaced(): boolean {
    for (const { host } of this.live()) if (host !== null && host !== '') return true;
    return false;
  }

  /** The volumes of live instances by block_device_mapping, as they come. */
  async volumes(onVolume: (uuid: string, volumeId: string) => void, signal?: AbortSignal): Promise<void> {
    await sideBySide(this.answered, cellsAtATime, (cell) =>
      inSnapshot(
        () => this.access.openCell(cell, signal),
        async (connection) => {
          const table = (await readSchema(connection, signal)).tables.get('block_device_mapping');
          if (!hasColumn(table, 'instance_uuid')) return;
          const sql = `SELECT instance_uuid AS uuid, volume_id AS volume FROM block_device_mapping
            WHERE ${isVolume(table)}`;
          const take = (uuid: string, volume: string): void => {
            if (this.isLive(uuid) && isUuid(volume)) onVolume(uuid, volume);
          };
          await connection.stream(sql, [], (row) => take(uuidOf(row.uuid), uuidOf(row.volume)), signal);
        },
        signal,
      ),
    );
  }
}
