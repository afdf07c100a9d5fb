import { sightingKey, type Sighting } from '../../model/scene';
import { apiSourceId, type Source } from '../../model/source';
import type { Finding, Suspect } from '../../model/suspect';
import { turns } from '../../model/turns';

/** A sighting, and the ids of the sources that showed it. */
export interface Sighted extends Sighting {
  readonly sources: readonly string[];
}

/** By `sightingKey`. */
export type Sightings = Map<string, Sighted>;

/** What one look found. */
export interface Look {
  readonly suspects: ReadonlyMap<string, Suspect>;
  /** those that were looked at; absent: all that there are */
  readonly uuids?: ReadonlySet<string>;
  readonly sources: readonly Source[];
  /** milliseconds since 1970 by the latest of the clocks */
  readonly now: number;
  /** by which that clock is ahead of this machine's */
  readonly behindMs: number;
}

/** More than these are not noted: they stay suspected. */
const mostSightings = 200_000;
/** What was not seen for so long goes, even if its host does not answer any more. */
const longestSilenceMs = 30 * 24 * 60 * 60_000;
/** Two looks at the same time may end in either order. */
const toleranceMs = 60_000;

/** Only these need a second look, or have had it. */
export function isHeld({ verdict }: Finding): boolean {
  return verdict === 'confirmed' || verdict === 'suspected';
}

export function findings(suspect: Suspect | undefined): readonly Finding[] {
  return suspect === undefined ? [] : [suspect, ...suspect.also];
}

/** Notes what was found, and forgets what is gone. */
export async function take(sightings: Sightings, look: Look): Promise<void> {
  for (const suspect of look.suspects.values()) {
    await turns.giveWay();
    for (const finding of findings(suspect)) {
      if (isHeld(finding)) note(sightings, sightingKey(suspect.uuid, finding.kind), finding, look);
    }
  }
  const silence = silenceOf(look.sources);
  for (const [key, sighted] of sightings) {
    await turns.giveWay();
    if (isGone(key, sighted, look, silence)) sightings.delete(key);
  }
}

function note(sightings: Sightings, key: string, finding: Finding, look: Look): void {
  const before = sightings.get(key);
  if (before === undefined && sightings.size >= mostSightings) return;
  const last = new Date(look.now).toISOString();
  const sources = [...new Set(finding.evidence.map(({ source }) => source))].toSorted();
  if (before === undefined || Date.parse(before.last) > look.now + toleranceMs) {
    // A time that is yet to come was noted by a clock that has been set back since.
    sightings.set(key, { first: last, last, count: 1, sources });
  } else if (looked(finding, look) > Date.parse(before.last)) {
    sightings.set(key, { first: before.first, last, count: before.count + 1, sources });
  }
}

/** When its oldest evidence was read: what was not read again was not seen again. */
function looked({ evidence }: Finding, { now, behindMs }: Look): number {
  return Math.min(now, ...evidence.map(({ at }) => Date.parse(at) + behindMs));
}

interface Silence {
  readonly answered: ReadonlySet<string>;
  readonly any: boolean;
  readonly ofDatabase: boolean;
}

function silenceOf(sources: readonly Source[]): Silence {
  const silent = sources.filter(({ complete }) => !complete);
  return {
    answered: new Set(sources.filter(({ complete }) => complete).map(({ id }) => id)),
    any: silent.length > 0,
    ofDatabase: silent.some(({ id, kind }) => id === apiSourceId || kind === 'cell'),
  };
}

/** No answer is not "no": what a silent source showed is still there, until it answers. */
function isGone(key: string, { last, sources }: Sighted, look: Look, silence: Silence): boolean {
  const uuid = key.slice(-36);
  if (look.uuids?.has(uuid) === false) return false;
  const finding = findings(look.suspects.get(uuid)).find(({ kind }) => sightingKey(uuid, kind) === key);
  if (finding !== undefined && isHeld(finding)) return false;
  if (look.now - Date.parse(last) > longestSilenceMs) return true;
  if (silence.ofDatabase || !sources.every((source) => silence.answered.has(source))) return false;
  return finding?.verdict !== 'unknown' || !silence.any;
}
