import * as l10n from '@vscode/l10n';
import type { Clock } from '../model/ports';
import type { Keep } from '../model/scene';
import { hostSourceId } from '../model/source';
import type { Suspect } from '../model/suspect';
import type { Kept } from './api';
import { isExpired } from './keepExpiry';
import type { State } from './state';

/** As earlier versions stored what they ignored. */
interface Ignored {
  readonly uuid: string;
  readonly name?: string;
  readonly reason: string;
  readonly since: string;
}

type Entry = Omit<Kept, 'expired'>;

/** What is not to be touched, with the reason: instances, hosts and projects. It outlives the window. */
export class KeepList {
  constructor(
    private readonly state: State,
    private readonly clock: Clock,
  ) {}

  of(cloud: string): readonly Kept[] {
    const now = this.clock.now();
    return this.entries(cloud).map((entry) => ({ ...entry, expired: isExpired(entry, now) }));
  }

  /** Those that have not expired. */
  inForce(cloud: string): readonly Kept[] {
    return this.of(cloud).filter(({ expired }) => !expired);
  }

  /** What keeps each suspect, as far as it can be told without a new look. */
  judge(cloud: string): (suspect: Suspect) => Keep | undefined {
    const keeps = this.inForce(cloud);
    return (suspect) => keeps.find((keep) => covers(keep, suspect));
  }

  /** In place of those of the same scope and id; of two of these the one that was made later stands. */
  async add(cloud: string, keeps: readonly Omit<Entry, 'since'>[] | readonly Entry[]): Promise<void> {
    const since = this.clock.now().toISOString();
    const entries = new Map(this.entries(cloud).map((entry) => [idOf(entry), entry]));
    for (const keep of keeps) {
      const entry = { since, ...keep };
      const before = entries.get(idOf(entry));
      if (before === undefined || before.since <= entry.since) entries.set(idOf(entry), entry);
    }
    await this.write(cloud, [...entries.values()]);
  }

  async end(cloud: string, { scope, id }: Pick<Keep, 'scope' | 'id'>): Promise<void> {
    await this.write(
      cloud,
      this.entries(cloud).filter((entry) => entry.scope !== scope || entry.id !== id),
    );
  }

  private entries(cloud: string): readonly Entry[] {
    return (
      this.state.get<readonly Entry[] | undefined>(key(cloud), undefined) ??
      this.state.get<readonly Ignored[]>(formerKey(cloud), []).map(fromIgnored)
    );
  }

  private async write(cloud: string, entries: readonly Entry[]): Promise<void> {
    await this.state.update(key(cloud), entries);
    await this.state.update(formerKey(cloud), undefined);
  }
}

function covers({ scope, id }: Keep, suspect: Suspect): boolean {
  switch (scope) {
    case 'instance':
      return suspect.uuid === id;
    case 'project':
      return suspect.projectId === id;
    case 'host':
      return isOn(id, suspect);
  }
}

/** Any evidence is from the host, or anything would be removed on it. */
function isOn(name: string, suspect: Suspect): boolean {
  return [suspect, ...suspect.also].some(
    ({ host, evidence, remedy }) =>
      host === name ||
      evidence.some(({ source }) => source === hostSourceId(name)) ||
      [...remedy.domains, ...remedy.directories].some((thing) => thing.host === name),
  );
}

function fromIgnored({ uuid, ...rest }: Ignored): Entry {
  return { scope: 'instance', id: uuid, author: l10n.t('somebody'), ...rest };
}

function idOf({ scope, id }: Entry): string {
  return `${scope} ${id}`;
}

function key(cloud: string): string {
  return `openstackZombies.kept/${cloud}`;
}

function formerKey(cloud: string): string {
  return `openstackZombies.ignored/${cloud}`;
}
