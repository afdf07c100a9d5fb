import type { Scene, Thresholds } from '../model/scene';
import type { Dossier, Glimpse } from '../model/dossier';
import type { Evidence, Subject, Rung, Remedy, Verdict } from '../model/suspect';
import type { KindId } from '../model/kindId';
import type { Sign } from '../model/sign';
import type { SourceKind } from '../model/source';

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
  readonly id: string;
  /** In plain words, by each verdict that it may give: when it holds. */
  when(): Readonly<Partial<Record<Verdict, string>>>;
  check(signal: S, dossier: Dossier, scene: Scene): Objection | undefined;
  /** in plain words: it was checked, and does not hold */
  cleared(signal: S, dossier: Dossier, scene: Scene): string;
}

/** A kind in plain words, for people who have to decide. */
export interface About {
  /** what is seen */
  readonly signal: string;
  /** how it comes about */
  readonly causes: string;
  /** each way to mend it, the gentlest first, and what it does; with the source of the fact */
  readonly fixes: string;
}

export interface Declaration<S extends Signal> {
  readonly id: KindId;
  /** default: an instance */
  readonly subject?: Subject;
  readonly needs: readonly SourceKind[];
  readonly signs?: readonly Sign[];
  readonly thresholds: readonly (keyof Thresholds)[];
  readonly traps: readonly Trap<S>[];
  /** what one look shows is beyond doubt: rows without a parent do not come back by themselves */
  readonly atOnce?: true;
  about(): About;
  /** default: one of its signs was seen */
  candidate?(glimpse: Glimpse, scene: Scene): boolean;
  /** The inconsistency, or in one line why there is none. */
  signal(dossier: Dossier, scene: Scene): S | string;
  ladder(signal: S, dossier: Dossier, scene: Scene): readonly Rung[];
  /** Asked only for what is confirmed or suspected. */
  remedy(signal: S, dossier: Dossier, scene: Scene): Remedy;
}
