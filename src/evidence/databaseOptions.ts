import type { Clock, Logger } from '../model/ports';
import type { Keep, Sighting, Thresholds } from '../model/scene';
import type { Sign } from '../model/sign';
import type { Source } from '../model/source';
import type { SourceName } from './sources';

export interface DatabaseOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly thresholds: Thresholds;
  /** what the kinds want to be looked for */
  readonly signs: ReadonlySet<Sign>;
  readonly sightings: ReadonlyMap<string, Sighting>;
  readonly keeps: readonly Keep[];
  readonly signal?: AbortSignal;
  readonly onSource?: (source: Source) => void;
  /** sources that are going to be read, as soon as it is known that they are there */
  readonly onExpected?: (sources: readonly SourceName[]) => void;
}

/** What was made after this may belong to an instance that is being built. ISO 8601, UTC. */
export function youngestLeftover(
  { clock, thresholds }: Pick<DatabaseOptions, 'clock' | 'thresholds'>,
  aheadMs: number,
): string {
  return new Date(clock.now().getTime() - aheadMs - thresholds.buildingMinutes * 60_000).toISOString();
}
