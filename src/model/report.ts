import type { Gap } from './source';
import type { PlanHeader } from './plan';
import type { Span } from './span';

/** `unknown`: the connection was lost while a COMMIT was on its way, and the rows could not be read again. */
export type StepOutcome = 'done' | 'rolled-back' | 'refused' | 'failed' | 'skipped' | 'unknown';

/** What became of one statement, directory, domain or manual step. */
export interface StepReport {
  readonly what: string;
  readonly span: Span;
  readonly outcome: StepOutcome;
  readonly expected?: number;
  readonly rows?: number;
  readonly bytes?: number;
  readonly milliseconds: number;
  /** of the first statement of a transaction: how often the whole of it was tried again */
  readonly retries?: number;
  readonly irreversible: boolean;
  /** a domain: no restore plan brings it back, only the operator, with the XML that `detail` names */
  readonly byHand?: true;
  /** where a directory is now, where the XML was saved */
  readonly detail?: string;
  readonly problem?: Gap;
}

export interface SectionReport {
  readonly uuid: string;
  readonly name: string;
  readonly span: Span;
  readonly outcome: StepOutcome;
  readonly steps: readonly StepReport[];
  readonly problem?: Gap;
  /** after a run: is the suspect gone? Absent when it could not be looked at */
  readonly gone?: boolean;
}

export interface RunReport {
  readonly run: string;
  readonly plan: string;
  readonly cloud: string;
  readonly mode: 'dry-run' | 'run';
  readonly purpose: PlanHeader['purpose'];
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly sections: readonly SectionReport[];
  /** rows by the thousand: each section is a database, and not an instance */
  readonly bulk?: true;
  /** the report itself, or the end of the journal, could not be saved */
  readonly problem?: Gap;
  /** folder with the journal and the restore files; absent for a dry run */
  readonly folder?: string;
}
