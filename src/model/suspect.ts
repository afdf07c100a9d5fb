import type { ApiRequest } from './apiRequest';
import type { Dossier, Glimpse } from './dossier';
import type { Domain, InstanceDirectory } from './facts';
import type { KindId } from './kindId';
import type { RowRepair } from './rowRepair';
import type { Scene, Sighting } from './scene';
import type { Sign } from './sign';
import type { SourceKind } from './source';

/** Inconsistent is not the same as deletable: `unknown` and `legitimate` are never drafted. */
export type Verdict = 'confirmed' | 'suspected' | 'unknown' | 'legitimate';

/** What happens to the rows of an instance: see docs/plan-document.md. */
export type Depth = 'none' | 'api' | 'repair' | 'mark-deleted' | 'purge' | 'complete' | 'archive';

/** What a UUID is the UUID of. */
export type Subject = 'instance' | 'volume' | 'floating-ip' | 'resource-provider' | 'compute-record';

export interface Evidence {
  /** id of the source */
  readonly source: string;
  readonly text: string;
  /** ISO 8601, UTC */
  readonly at: string;
}

/** One rung of the ladder of fixes, the gentlest first. */
export interface Rung {
  readonly title: string;
  /** a command line to copy, where there is one */
  readonly command?: string;
}

/** A step outside of hosts and databases: the operator does it by hand and marks it as done, or a run does it. */
export interface ManualStep {
  readonly command: string;
  /** the same as a request that a run sends; absent where the cloud has no APIs configured, or it needs a decision */
  readonly api?: ApiRequest;
  readonly why: string;
  /** the depths with which it is drafted; absent: with all */
  readonly depths?: readonly Depth[];
}

/** What the cleanup of a suspect is, in words of the model; `cleanup/` turns it into steps. */
export interface Remedy {
  /** there is evidence that someone wanted the instance gone; without it the operator types its word */
  readonly wanted: boolean;
  /** the depth that is drafted unless the operator picks another of `depths` */
  readonly depth: Depth;
  readonly depths: readonly Depth[];
  /** domains to be stopped and undefined */
  readonly domains: readonly Domain[];
  readonly directories: readonly InstanceDirectory[];
  readonly manual: readonly ManualStep[];
  /** drafted with the depth `repair` */
  readonly repairs?: readonly RowRepair[];
}

/** What one kind found on one dossier. */
export interface Finding {
  readonly kind: KindId;
  readonly verdict: Verdict;
  /** one sentence */
  readonly why: string;
  readonly evidence: readonly Evidence[];
  /** the traps that were checked and do not hold */
  readonly cleared: readonly string[];
  /** what speaks against it, or could not be read */
  readonly missing: readonly string[];
  readonly ladder: readonly Rung[];
  readonly remedy: Remedy;
  /** host under which it is shown; absent: under the groups of the cloud */
  readonly host?: string;
  /** since when it is so, ISO 8601 UTC */
  readonly since?: string;
  /** legitimate for its age alone */
  readonly young?: true;
}

/** A UUID on which sources disagree. The first finding decides the fix; `also` are the other kinds that hold. */
export interface Suspect extends Finding {
  readonly uuid: string;
  readonly subject: Subject;
  /** tenants' text, may hold anything: escape it wherever it is shown */
  readonly name: string;
  readonly projectId?: string;
  /** UUID of the cell that has, or had, its rows */
  readonly cell?: string;
  readonly addresses: readonly string[];
  readonly bytes: number;
  /** how often its first finding was seen, this look included; absent for what is unknown or legitimate */
  readonly sighting?: Sighting;
  readonly also: readonly Finding[];
}

/** A kind of inconsistency: data and two functions. */
export interface Kind {
  readonly id: KindId;
  /** sources without which the kind says nothing definite */
  readonly needs: readonly SourceKind[];
  /** what evidence is to look for on its behalf */
  readonly signs: readonly Sign[];
  /** True when the UUID is worth reading everything about it. */
  candidate(glimpse: Glimpse, scene: Scene): boolean;
  /** Undefined when the kind does not hold. */
  judge(dossier: Dossier, scene: Scene): Finding | undefined;
}
