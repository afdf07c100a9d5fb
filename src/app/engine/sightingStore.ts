import type { CloudConfiguration } from '../../cloud/configuration';
import { messageOf } from '../../model/errors';
import type { Clock, Logger } from '../../model/ports';
import { sightingKey, type Sighting } from '../../model/scene';
import type { Suspect } from '../../model/suspect';
import type { State } from '../state';
import { turns } from '../../model/turns';
import type { Looked } from './look';
import { pack, unpack, type Packed } from './packedSightings';
import { isHeld, take, type Sightings } from './sightingRules';

interface Stored {
  readonly apiDatabase: string;
  readonly packed: readonly Packed[];
}

/** What was seen in earlier looks, of each cloud; it outlives the window. */
export class SightingStore {
  /** by the name of the cloud */
  private readonly known = new Map<string, Promise<{ apiDatabase: string; sightings: Sightings }>>();

  constructor(
    private readonly state: State,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async recall(cloud: CloudConfiguration): Promise<ReadonlyMap<string, Sighting>> {
    return this.of(cloud);
  }

  /** Takes in a look at some UUIDs, or at all, and gives its suspects with how often each was seen. */
  async note(
    cloud: CloudConfiguration,
    { survey, suspects, scene }: Looked,
    uuids?: readonly string[],
  ): Promise<ReadonlyMap<string, Suspect>> {
    const sightings = await this.of(cloud);
    await take(sightings, {
      suspects,
      ...(uuids ? { uuids: new Set(uuids) } : {}),
      sources: scene.sources,
      now: this.clock.now().getTime() + survey.behindMs,
      behindMs: survey.behindMs,
    });
    await this.write(cloud, sightings);
    return withSightings(suspects, sightings);
  }

  /** What was seen by way of another database is not about this cloud. */
  private async of({ name, apiDatabase }: CloudConfiguration): Promise<Sightings> {
    const known = await this.known.get(name);
    if (known?.apiDatabase === apiDatabase) return known.sightings;
    const read = this.read(name, apiDatabase).then((sightings) => ({ apiDatabase, sightings }));
    this.known.set(name, read);
    return (await read).sightings;
  }

  private async read(cloud: string, apiDatabase: string): Promise<Sightings> {
    const stored = this.state.get<Stored | undefined>(key(cloud), undefined);
    return unpack(stored?.apiDatabase === apiDatabase ? stored.packed : []);
  }

  /** What cannot be kept costs a second look, and no scan. */
  private async write({ name, apiDatabase }: CloudConfiguration, sightings: Sightings): Promise<void> {
    try {
      const stored: Stored = { apiDatabase, packed: await pack(sightings) };
      await this.state.update(key(name), stored);
    } catch (error) {
      this.logger.warn(`What was seen on ${name} could not be kept: ${messageOf(error)}`);
    }
  }
}

async function withSightings(
  suspects: ReadonlyMap<string, Suspect>,
  sightings: Sightings,
): Promise<ReadonlyMap<string, Suspect>> {
  const seen = new Map<string, Suspect>();
  for (const [uuid, suspect] of suspects) {
    await turns.giveWay();
    const sighted = isHeld(suspect) ? sightings.get(sightingKey(uuid, suspect.kind)) : undefined;
    seen.set(uuid, sighted === undefined ? suspect : { ...suspect, sighting: only(sighted) });
  }
  return seen;
}

function only({ first, last, count }: Sighting): Sighting {
  return { first, last, count };
}

function key(cloud: string): string {
  return `openstackZombies.sightings/${cloud}`;
}
