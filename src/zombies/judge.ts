import * as l10n from '@vscode/l10n';
import type { Dossier } from '../model/dossier';
import type { InstanceDirectory, InstanceRow } from '../model/facts';
import { families } from '../model/kindFamily';
import { projectOf } from '../model/projectOf';
import type { Scene } from '../model/scene';
import { apiDatabaseId } from '../model/schema';
import type { Finding, Remedy, Subject, Suspect } from '../model/suspect';
import { isUuid } from '../model/uuid';
import type { ZombieKind } from './declare';
import { kindTitle } from './kindTitle';
import { distinct } from './remedies';
import { liveRows } from './rows';
import { verdictWord } from './words';

/**
 * All kinds that hold, as one suspect. The first decides the fix; what is explained never hides what is not.
 * Undefined when none holds, and for what is no UUID: it stands in commands.
 */
export function judgeAll(dossier: Dossier, scene: Scene, kinds: readonly ZombieKind[]): Suspect | undefined {
  if (!isUuid(dossier.uuid)) return undefined;
  const found = kinds.flatMap((kind) => kind.judge(dossier, scene) ?? []);
  const explained = (finding: Finding): boolean => finding.verdict === 'legitimate';
  const [first, ...also] = [...found.filter((finding) => !explained(finding)), ...found.filter(explained)];
  if (first === undefined) return undefined;
  const subject = kinds.find(({ id }) => id === first.kind)?.subject ?? 'instance';
  const remedy = withDirectories(first, also);
  return suspect({ ...first, remedy }, also, subject, dossier, scene);
}

/**
 * Where a directory decides, one plan takes all of the UUID: also those that other kinds found, where they are as sure
 * of them as the first is of its own.
 */
function withDirectories({ kind, verdict, remedy }: Finding, also: readonly Finding[]): Remedy {
  if (families[kind] !== 'files') return remedy;
  const others = also.filter(
    (each) => families[each.kind] === 'files' && (each.verdict === 'confirmed' || each.verdict === verdict),
  );
  const directories = [remedy, ...others.map((each) => each.remedy)].flatMap((each) => each.directories);
  const wanted = remedy.wanted && others.every((each) => each.remedy.wanted);
  return { ...remedy, wanted, directories };
}

/** For each kind in one line: what it found, or why it does not hold. */
export function explain(dossier: Dossier, scene: Scene, kinds: readonly ZombieKind[]): readonly string[] {
  return kinds.map((kind) => {
    const result = kind.examine(dossier, scene);
    return typeof result === 'string'
      ? l10n.t('{0}: no, {1}', kindTitle(kind.id), result)
      : l10n.t('{0}: {1}, {2}', kindTitle(kind.id), verdictWord(result.verdict), result.why);
  });
}

function suspect(
  first: Finding,
  also: readonly Finding[],
  subject: Subject,
  dossier: Dossier,
  scene: Scene,
): Suspect {
  const row: InstanceRow | undefined = liveRows(dossier)[0] ?? dossier.rows[0];
  const nova = dossier.domains.find((domain) => domain.nova !== undefined)?.nova;
  const projectId = projectOf(dossier);
  const cell = row?.cell ?? dossier.mapping?.cell ?? dossier.shadowCells[0] ?? leftoverCell(dossier);
  return {
    ...first,
    uuid: dossier.uuid,
    subject,
    name: row?.displayName ?? nova?.name ?? dossier.domains[0]?.name ?? ownName(dossier),
    ...(projectId === undefined ? {} : { projectId }),
    ...(cell === undefined ? {} : { cell }),
    addresses: [...new Set(dossier.ports.flatMap((port) => port.addresses))],
    bytes: size(first, dossier, scene),
    also,
  };
}

/** Of what is no instance. */
function ownName({ volume, floatingIp, provider, computeRecord }: Dossier): string {
  return volume?.name ?? floatingIp?.address ?? provider?.name ?? computeRecord?.host ?? '';
}

function leftoverCell(dossier: Dossier): string | undefined {
  return dossier.leftovers.find(({ database }) => database !== apiDatabaseId)?.database;
}

/** Bytes that the remedy removes; where it removes none, those that the instance has. */
function size(finding: Finding, dossier: Dossier, scene: Scene): number {
  const removed = finding.remedy.directories;
  const directories: readonly InstanceDirectory[] =
    removed.length > 0 ? removed : distinct(dossier.directories, scene);
  return directories.reduce((sum, { bytes }) => sum + bytes, 0);
}
