import * as l10n from '@vscode/l10n';
import type { Dossier } from '../model/dossier';
import type { KindId } from '../model/kindId';
import { sightingKey, type Scene } from '../model/scene';
import type { Evidence } from '../model/suspect';
import type { Objection } from './declaration';
import { indexOf } from './sceneIndex';

/**
 * One source may be wrong, or in motion: what rests on it alone is confirmed when it was seen before, long enough ago.
 * Undefined when two independent sources show it, or two looks did.
 */
export function seenOnce(
  kind: KindId,
  evidence: readonly Evidence[],
  { uuid }: Dossier,
  scene: Scene,
): Objection | undefined {
  if (new Set(evidence.map(({ source }) => originOf(source, scene))).size > 1) return undefined;
  const minutes = scene.thresholds.secondLookMinutes;
  const sighting = scene.sightings.get(sightingKey(uuid, kind));
  const between = lookedAt(evidence, scene) - Date.parse(sighting?.first ?? '');
  if (between > 0 && between >= minutes * 60_000) return undefined;
  return {
    verdict: 'suspected',
    text: l10n.t(
      'one source alone shows it, and for less than {0} minutes: scan again after that time',
      minutes,
    ),
  };
}

/** A host that a scan did not read again is as old as its answer. */
function lookedAt(evidence: readonly Evidence[], { now }: Scene): number {
  return Math.min(now.getTime(), ...evidence.map(({ at }) => Date.parse(at)));
}

/** Nova's API reads the same databases as we do: the two count as one. */
function originOf(source: string, scene: Scene): string {
  const kind = indexOf(scene).sources.get(source)?.kind;
  return kind === undefined || kind === 'api-database' || kind === 'cell' || kind === 'nova' ? 'nova' : kind;
}
