import * as l10n from '@vscode/l10n';
import type { Dossier } from '../model/dossier';
import type { Scene } from '../model/scene';
import type { Finding, Rung, Verdict } from '../model/suspect';
import type { Declaration, Objection, Signal } from './declaration';
import { seenOnce } from './looks';
import { noRemedy } from './remedies';
import { tooYoungId } from './traps/young';

/** A verdict is as good as the worst objection leaves it. What could not be read outweighs what explains. */
const order: readonly Verdict[] = ['confirmed', 'suspected', 'legitimate', 'unknown'];

function worst(objections: readonly Objection[]): Verdict {
  return order[Math.max(0, ...objections.map(({ verdict }) => order.indexOf(verdict)))] ?? 'unknown';
}

/** Checks every trap of a kind against its signal. */
export function weigh<S extends Signal>(
  kind: Declaration<S>,
  signal: S,
  dossier: Dossier,
  scene: Scene,
): Finding {
  const objections: Objection[] = [];
  const explained = new Set<string>();
  const cleared: string[] = [];
  for (const trap of kind.traps) {
    const objection = trap.check(signal, dossier, scene);
    if (objection === undefined) cleared.push(trap.cleared(signal, dossier, scene));
    else objections.push(objection);
    if (objection?.verdict === 'legitimate') explained.add(trap.id);
  }
  if (worst(objections) === 'confirmed' && !kind.atOnce) {
    const once = seenOnce(kind.id, signal.evidence, dossier, scene);
    if (once !== undefined) objections.push(once);
  }
  const verdict = worst(objections);
  return {
    kind: kind.id,
    verdict,
    why:
      objections.find((objection) => verdict === 'legitimate' && objection.verdict === verdict)?.text ??
      signal.why,
    evidence: signal.evidence,
    cleared,
    missing: objections.map(({ text }) => text),
    ladder: ladderOf(kind, verdict, signal, dossier, scene),
    remedy: isDraftable(verdict) ? kind.remedy(signal, dossier, scene) : noRemedy,
    ...(signal.host === undefined ? {} : { host: signal.host }),
    ...(signal.since === undefined ? {} : { since: signal.since }),
    ...(verdict === 'legitimate' && explained.size === 1 && explained.has(tooYoungId) ? { young: true } : {}),
  };
}

function isDraftable(verdict: Verdict): boolean {
  return verdict === 'confirmed' || verdict === 'suspected';
}

/** A ladder ends in a removal, so what may be healthy gets none. */
function ladderOf<S extends Signal>(
  kind: Declaration<S>,
  verdict: Verdict,
  signal: S,
  dossier: Dossier,
  scene: Scene,
): readonly Rung[] {
  if (isDraftable(verdict)) return kind.ladder(signal, dossier, scene);
  return verdict === 'unknown'
    ? [
        {
          title: l10n.t(
            'first settle what is missing here, then scan again: nothing is to be removed until then',
          ),
        },
      ]
    : [];
}
