import type { Glimpse } from '../model/dossier';
import type { Domain, InstanceDirectory, LiveRow } from '../model/facts';
import type { Sign } from '../model/sign';
import type { FoundLeftover } from './leftovers';

/** Lists grow by copy: nearly all of them have one entry or none, and those without one are the same list. */
interface Growing extends Glimpse {
  liveRows: readonly LiveRow[];
  domains: readonly Domain[];
  directories: readonly InstanceDirectory[];
  leftovers: readonly FoundLeftover['leftover'][];
  signs: ReadonlySet<Sign>;
}

const none: readonly never[] = [];
const noSigns: ReadonlySet<Sign> = new Set();

/** Joins by UUID, and by nothing else, what the sources show. */
export class Glimpses {
  readonly byUuid = new Map<string, Growing>();
  /** UUIDs that show the same signs share one set */
  private readonly signSets = new Map<string, ReadonlySet<Sign>>();
  /** live rows seen */
  rows = 0;

  row(row: LiveRow): void {
    this.rows += 1;
    const glimpse = this.of(row.uuid);
    glimpse.liveRows = glimpse.liveRows.length === 0 ? [row] : [...glimpse.liveRows, row];
  }

  domain(domain: Domain): void {
    const glimpse = this.of(domain.uuid);
    glimpse.domains = [...glimpse.domains, domain];
  }

  directory(directory: InstanceDirectory): void {
    const glimpse = this.of(directory.uuid);
    glimpse.directories = [...glimpse.directories, directory];
  }

  leftover({ uuid, leftover }: FoundLeftover): void {
    const glimpse = this.of(uuid);
    glimpse.leftovers = [...glimpse.leftovers, leftover];
  }

  /** in the cells that were read */
  liveRows(uuid: string): readonly LiveRow[] {
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
    const glimpse: Growing = {
      uuid,
      liveRows: none,
      domains: none,
      directories: none,
      leftovers: none,
      signs: noSigns,
    };
    this.byUuid.set(uuid, glimpse);
    return glimpse;
  }
}
