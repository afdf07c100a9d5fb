import * as l10n from '@vscode/l10n';
import type { Dossier, Glimpse } from '../model/dossier';
import type { Scene, Thresholds } from '../model/scene';
import type { SourceKind } from '../model/source';
import type { Evidence, Finding, Kind, KindId, Remedy, Rung, Verdict } from '../model/suspect';
import { noRemedy } from './remedies';

/** What makes a kind look twice. A kind adds what its traps and its remedy need. */
export interface Signal {
  /** one sentence */
  readonly why: string;
  readonly evidence: readonly Evidence[];
  readonly host?: string;
  readonly since?: string;
}

/** What speaks against a finding. `confirmed` leaves the verdict as it is: a note. */
export interface Objection {
  readonly verdict: Verdict;
  readonly text: string;
}

/** Something that makes a healthy instance look like a zombie. */
export interface Trap<S extends Signal> {
  /** as docs/kinds.md names it */
  readonly id: string;
  check(signal: S, dossier: Dossier, scene: Scene): Objection | undefined;
  /** in plain words: it was checked, and does not hold */
  cleared(signal: S, dossier: Dossier, scene: Scene): string;
}

export interface Declaration<S extends Signal> {
  readonly id: KindId;
  readonly needs: readonly SourceKind[];
  readonly thresholds: readonly (keyof Thresholds)[];
  readonly traps: readonly Trap<S>[];
  candidate(glimpse: Glimpse, scene: Scene): boolean;
  /** The inconsistency, or in one line why there is none. */
  signal(dossier: Dossier, scene: Scene): S | string;
  ladder(signal: S, dossier: Dossier, scene: Scene): readonly Rung[];
  /** Asked only for what is confirmed or suspected. */
  remedy(signal: S, dossier: Dossier, scene: Scene): Remedy;
}

export interface ZombieKind extends Kind {
  readonly thresholds: readonly (keyof Thresholds)[];
  /** ids of the traps that are checked */
  readonly traps: readonly string[];
  /** The finding, or in one line why the kind does not hold. */
  examine(dossier: Dossier, scene: Scene): Finding | string;
}

/** A verdict is as good as the worst objection leaves it. What could not be read outweighs what explains. */
const order: readonly Verdict[] = ['confirmed', 'suspected', 'legitimate', 'unknown'];

function worst(objections: readonly Objection[]): Verdict {
  return order[Math.max(0, ...objections.map(({ verdict }) => order.indexOf(verdict)))] ?? 'unknown';
}

export function declareKind<S extends Signal>(declaration: Declaration<S>): ZombieKind {
  const examine = (dossier: Dossier, scene: Scene): Finding | string => {
    const signal = declaration.signal(dossier, scene);
    return typeof signal === 'string' ? signal : weigh(declaration, signal, dossier, scene);
  };
  return {
    id: declaration.id,
    needs: declaration.needs,
    thresholds: declaration.thresholds,
    traps: declaration.traps.map(({ id }) => id),
    candidate: (glimpse, scene) => declaration.candidate(glimpse, scene),
    examine,
    judge: (dossier, scene) => {
      const finding = examine(dossier, scene);
      return typeof finding === 'string' ? undefined : finding;
    },
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

function weigh<S extends Signal>(kind: Declaration<S>, signal: S, dossier: Dossier, scene: Scene): Finding {
  const objections: Objection[] = [];
  const cleared: string[] = [];
  for (const trap of kind.traps) {
    const objection = trap.check(signal, dossier, scene);
    if (objection === undefined) cleared.push(trap.cleared(signal, dossier, scene));
    else objections.push(objection);
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
  };
}
