import type { Runner } from '../model/runner';
import type { StepOutcome } from '../model/report';
import type { PlanHeader } from '../model/plan';
import type { DatabaseId } from '../model/schema';
import type { Witness } from './witness';

/** What a transaction of a chunk deleted, and the file with it. */
export interface SavedChunk {
  readonly schema: string;
  readonly instances: number;
  readonly rows: number;
  readonly sha256: string;
  /** the file of the transaction in the cell, where this is the one in the API database; of a restore: the file loaded */
  readonly of?: string;
}

export interface PreparedUnit {
  readonly database: DatabaseId;
  /** file name under `restore/` */
  readonly fragment: string;
  readonly witness?: Witness;
  /** of a plan for the history, and of the restore of one */
  readonly chunk?: SavedChunk;
}

/** A directory that goes into quarantine, or what is kept there of a domain. */
export interface Move {
  readonly host: string;
  readonly path: string;
  /** its place in the quarantine */
  readonly to: string;
  readonly bytes: number;
}

/**
 * What becomes of a place in the quarantine. The first word of three is written before anything is done, and stays the
 * last where nobody knows how far it came: `deleting` is a directory that is deleted at once, by way of the quarantine.
 * `restored` and the words of a purge are written by a later run into the journal of the run that put it there.
 */
export type MoveEntry = {
  readonly event:
    | ('moving' | 'moved' | 'not-moved')
    | ('deleting' | 'deleted' | 'not-deleted')
    | ('purging' | 'purged' | 'not-purged')
    | 'copied'
    | 'restored';
  readonly section: string;
  readonly name: string;
} & Move;

/**
 * One line of the journal. A unit is `prepared` once its restore text is on the disk, right before COMMIT; then it is
 * `committed`, `void` (rolled back), or `unsettled` when the answer to the COMMIT never came.
 */
export type JournalEntry =
  | {
      readonly event: 'run-begun';
      readonly run: string;
      readonly plan: string;
      readonly cloud: string;
      readonly cells: readonly string[];
      readonly purpose: PlanHeader['purpose'];
      /** the run that this one takes back, or goes on with */
      readonly of?: string;
      /** UUIDs of the sections that were to run */
      readonly sections?: readonly string[];
      readonly runner?: Runner;
    }
  | {
      readonly event: 'step-begun';
      readonly section: string;
      readonly name: string;
      readonly step: string;
      /** where the step begins in the text of the plan */
      readonly offset?: number;
    }
  | ({ readonly event: 'prepared'; readonly section: string; readonly name: string } & PreparedUnit)
  | { readonly event: 'committed' | 'void' | 'unsettled'; readonly fragment: string }
  | MoveEntry
  | {
      readonly event: 'step-ended';
      readonly section: string;
      readonly step: string;
      readonly offset?: number;
      readonly outcome: StepOutcome;
      /** how often a transaction was tried again */
      readonly retries?: number;
      readonly detail?: string;
    }
  | { readonly event: 'run-ended'; readonly outcome: 'done' | 'stopped' }
  /** of a run that was interrupted: the operator leaves it as it is */
  | { readonly event: 'left' };

export type JournalLine = JournalEntry & { readonly at: string };
