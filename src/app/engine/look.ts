import type { CloudAccess } from '../../cloud/access';
import { readDossiers } from '../../evidence/dossiers';
import { survey, type Survey, type SurveyOptions } from '../../evidence/survey';
import type { Dossier } from '../../model/dossier';
import type { Scene } from '../../model/scene';
import type { Sign } from '../../model/sign';
import { isService, type SourceKind } from '../../model/source';
import type { Suspect } from '../../model/suspect';
import { judgeAll } from '../../zombies/judge';
import { kinds } from '../../zombies/kinds';
import { turns } from '../../model/turns';
import { findings } from './sightingRules';
import type { KeptSurvey } from '../cloudState';

/** What any kind wants evidence to look for. */
export const signs: ReadonlySet<Sign> = new Set(kinds.flatMap((kind) => kind.signs));

export interface Looked {
  readonly survey: KeptSurvey;
  readonly suspects: ReadonlyMap<string, Suspect>;
  readonly dossiers: ReadonlyMap<string, Dossier>;
  /** of the second look at the rows, which is what was judged on */
  readonly scene: Scene;
}

/** What was known before a look. */
export interface Before {
  readonly scene: Scene | undefined;
  suspect(uuid: string): Suspect | undefined;
}

/** It matters for those alone whose evidence is its. */
function isBeside(kind: SourceKind): boolean {
  return kind === 'placement' || isService(kind);
}

/**
 * What is known of each UUID now: the suspect, or undefined when it is gone. A UUID for which that is not known is
 * no key: a database did not answer, or a source that was read the time before. No answer is not "no".
 */
export function answers(
  { suspects, scene }: Looked,
  uuids: readonly string[],
  before: Before,
): ReadonlyMap<string, Suspect | undefined> {
  const silentBefore = new Set(before.scene?.sources.flatMap(({ id, complete }) => (complete ? [] : [id])));
  const unread = scene.sources.filter(({ complete }) => !complete);
  const silentServices = new Set(unread.filter(({ kind }) => isBeside(kind)).map(({ id }) => id));
  const conclusive = unread.every(
    ({ id, kind }) => (kind === 'host' && silentBefore.has(id)) || isBeside(kind),
  );
  const isGone = (uuid: string): boolean => conclusive && !leansOn(silentServices, before.suspect(uuid));
  return new Map(
    uuids
      .filter((uuid) => suspects.has(uuid) || isGone(uuid))
      .map((uuid): [string, Suspect | undefined] => [uuid, suspects.get(uuid)]),
  );
}

function leansOn(sources: ReadonlySet<string>, suspect: Suspect | undefined): boolean {
  return findings(suspect).some(({ evidence }) => evidence.some(({ source }) => sources.has(source)));
}

/** Which UUIDs to look at closely, given what a survey saw. */
export type Choice = (seen: Survey) => readonly string[] | Promise<readonly string[]>;

/** Reads rows, hosts, and the chosen instances' rows once more, and judges. */
export async function look(access: CloudAccess, options: SurveyOptions, choose: Choice): Promise<Looked> {
  const seen = await survey(access, options);
  const uuids = await choose(seen);
  const { dossiers, scene } = await readDossiers(access, seen, uuids, options);
  const suspects = new Map<string, Suspect>();
  for (const [uuid, dossier] of dossiers) {
    await turns.giveWay();
    const suspect = judgeAll(dossier, scene, kinds);
    if (suspect) {
      suspects.set(uuid, suspect);
    }
  }
  const { cells, hosts, backlog, instances, aheadMs, behindMs } = seen;
  const kept = { scene, cells, hosts, backlog, instances, aheadMs, behindMs };
  return { survey: kept, suspects, dossiers, scene };
}

/** Every UUID that some kind wants a dossier of. */
export async function candidates(seen: Survey): Promise<string[]> {
  const uuids: string[] = [];
  for (const glimpse of seen.glimpses.values()) {
    await turns.giveWay();
    if (kinds.some((kind) => kind.candidate(glimpse, seen.scene))) {
      uuids.push(glimpse.uuid);
    }
  }
  return uuids;
}
