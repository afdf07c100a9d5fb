import type { CloudAccess } from '../../cloud/access';
import { findInstances } from '../../evidence/find';
import type { SurveyOptions } from '../../evidence/survey';
import { termOf } from '../../evidence/terms';
import type { Dossier } from '../../model/dossier';
import type { Suspect } from '../../model/suspect';
import { explain } from '../../zombies/judge';
import { kinds } from '../../zombies/kinds';
import type { LookUp, LookUpReport } from '../api';
import { look, type Looked } from './look';

/** The other way in: for each term every instance it means, what holds for it and why the rest does not. */
export async function lookUp(
  access: CloudAccess,
  terms: readonly string[],
  options: SurveyOptions,
): Promise<{ looked: Looked; report: LookUpReport }> {
  let found: ReadonlyMap<string, readonly string[]> = new Map();
  const looked = await look(access, options, async (seen) => {
    found = await findInstances(access, seen, terms, options.signal);
    return [...new Set([...found.values(), ...terms.map(uuidIn)].flat())];
  });
  const results: LookUp[] = [];
  const notFound: string[] = [];
  for (const term of terms) {
    const mentioned = (found.get(term) ?? []).flatMap((uuid) => looked.dossiers.get(uuid) ?? []);
    const dossiers = mentioned.length > 0 ? mentioned : knownElsewhere(term, looked);
    if (dossiers.length === 0) {
      notFound.push(term);
    }
    results.push(...dossiers.map((dossier) => result(term, dossier, looked)));
  }
  return { looked, report: { found: results, notFound, sources: looked.scene.sources } };
}

/** The suspects as they are known once the look was taken in. */
export function withSuspects(
  report: LookUpReport,
  seen: ReadonlyMap<string, Suspect | undefined>,
): LookUpReport {
  const found = report.found.map((each) => {
    const suspect = seen.get(each.uuid);
    return suspect === undefined ? each : { ...each, suspect };
  });
  return { ...report, found };
}

function uuidIn(term: string): string[] {
  const { kind, value } = termOf(term);
  return kind === 'uuid' ? [value] : [];
}

/** What no database and no host mentions, and a service knows by its UUID. */
function knownElsewhere(term: string, { dossiers }: Looked): readonly Dossier[] {
  return uuidIn(term)
    .flatMap((uuid) => dossiers.get(uuid) ?? [])
    .filter(({ neutronPorts, attachments, nodes, allocations, volume, floatingIp }) => {
      const held = [neutronPorts, attachments, nodes, allocations].some(({ length }) => length > 0);
      return held || volume !== undefined || floatingIp !== undefined;
    });
}

function result(term: string, dossier: Dossier, looked: Looked): LookUp {
  const suspect = looked.suspects.get(dossier.uuid);
  return {
    term,
    uuid: dossier.uuid,
    name: suspect?.name ?? dossier.rows[0]?.displayName ?? '',
    ...(suspect ? { suspect } : {}),
    reasons: explain(dossier, looked.scene, kinds),
    directories: dossier.directories,
  };
}
