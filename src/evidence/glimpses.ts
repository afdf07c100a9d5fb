import type { Glimpse } from '../model/dossier';
import type { Domain, InstanceDirectory, InstanceRow } from '../model/facts';
import type { Sign } from '../model/sign';
import type { FoundLeftover } from './leftovers';

interface Growing extends Glimpse {
  readonly liveRows: InstanceRow[];
  readonly domains: Domain[];
  readonly directories: InstanceDirectory[];
  readonly leftovers: FoundLeftover['leftover'][];
  signs: ReadonlySet<Sign>;
}

/** Most UUIDs have none. */
const none: ReadonlySet<Sign> = new Set();

/** Joins by UUID, and by nothing else, what the sources show. */
export class Glimpses {
  readonly byUuid = new Map<string, Growing>();
  /** UUIDs that show the same signs share one set */
  private readonly signSets = new Map<string, ReadonlySet<Sign>>();
  /** live rows seen */
  rows = 0;

  row(row: InstanceRow): void {
    this.rows += 1;
    this.of(row.uuid).liveRows.push(row);
  }

  domain(domain: Domain): void {
    this.of(domain.uuid).domains.push(domain);
  }

  directory(directory: InstanceDirectory): void {
    this.of(directory.uuid).directories.push(directory);
  }

  leftover({ uuid, leftover }: FoundLeftover): void {
    this.of(uuid).leftovers.push(leftover);
  }

  /** in the cells that were read */
  liveRows(uuid: string): readonly InstanceRow[] {
    return this.byUuid.get(uuid)?.liveRows ?? [];
  }

  isLive(uuid: string): boolean {
    return this.liveRows(uuid).length > 0;
  }

  sign(uuid: string, sign: Sign): void {
    const glimpse = this.of(uuid);
    const signs = new Set([...glimpse.signs, sign]);
    const key = [...signs].join(' ');
    glimpse.signs = this.signSets.get(key) ?? signs;
    this.signSets.set(key, glimpse.signs);
  }

  private of(uuid: string): Growing {
    const known = this.byUuid.get(uuid);
    if (known) {
      return known;
    }
    const glimpse: Growing = { uuid, liveRows: [], domains: [], directories: [], leftovers: [], signs: none };
    this.byUuid.set(uuid, glimpse);
    return glimpse;
  }
}
