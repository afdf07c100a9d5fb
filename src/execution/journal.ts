import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { messageOf, OperatorError } from '../model/errors';
import type { PlanHeader } from '../model/plan';
import type { DatabaseId } from '../model/schema';
import type { StepOutcome } from '../model/report';
import type { Clock } from '../model/ports';
import { journalFile, planFile, reportFile } from '../model/runFolder';
import type { Runner } from '../model/runner';
import { appendDurably, makePrivateFolder, writeDurably } from './durable';
import { renameVoid } from './savedUnits';
import type { Witness } from './witness';

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

export interface PreparedUnit {
  readonly database: DatabaseId;
  /** file name under `restore/` */
  readonly fragment: string;
  readonly witness?: Witness;
  /** of a plan for the history, and of the restore of one */
  readonly chunk?: SavedChunk;
}

/** What a transaction of a chunk deleted, and the file with it. */
export interface SavedChunk {
  readonly schema: string;
  readonly instances: number;
  readonly rows: number;
  readonly sha256: string;
  /** the file of the transaction in the cell, where this is the one in the API database; of a restore: the file loaded */
  readonly of?: string;
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

export type JournalLine = JournalEntry & { readonly at: string };

/** Adds to the journal of an earlier run what a later one did to it; the line is on the disk when this returns. */
export async function addToJournal(
  { folder, clock }: { readonly folder: string; readonly clock: Clock },
  run: string,
  entry: JournalEntry,
): Promise<void> {
  const line: JournalLine = { at: clock.now().toISOString(), ...entry };
  await appendDurably(join(folder, run, journalFile), JSON.stringify(line));
}

/** The folder of one run: its plan, what was done at any moment, and the way back. */
export class Journal {
  private fragments = 0;

  private constructor(
    readonly run: string,
    readonly folder: string,
    private readonly clock: Clock,
  ) {}

  static async open(root: string, run: string, planText: string, clock: Clock): Promise<Journal> {
    const folder = join(root, run);
    return kept(root, async () => {
      await makePrivateFolder(root);
      await makePrivateFolder(folder);
      await makePrivateFolder(join(folder, 'restore'));
      await writeDurably(join(folder, planFile), planText);
      return new Journal(run, folder, clock);
    });
  }

  /** The line is on the disk when this returns. */
  async add(entry: JournalEntry): Promise<void> {
    const line: JournalLine = { at: this.clock.now().toISOString(), ...entry };
    await kept(this.folder, () => appendDurably(join(this.folder, journalFile), JSON.stringify(line)));
  }

  /** A name that no other unit of the run has, and no other try of the same unit. */
  nextFragment(schema: string, suffix = '.sql'): string {
    this.fragments += 1;
    return `${String(this.fragments).padStart(5, '0')}-${schema.replace(/\W/g, '_')}${suffix}`;
  }

  /** Saves the way back of a unit; to be called right before its COMMIT. */
  async prepare(
    section: { uuid: string; name: string },
    unit: PreparedUnit,
    restoreText: string | Uint8Array,
  ): Promise<void> {
    await kept(this.folder, () => writeDurably(this.fragmentPath(unit.fragment), restoreText));
    await this.add({ event: 'prepared', section: section.uuid, name: section.name, ...unit });
  }

  async committed(fragment: string): Promise<void> {
    await this.add({ event: 'committed', fragment });
  }

  /** The unit was rolled back: its way back is none, unless the server that said so was wrong. */
  async void(fragment: string): Promise<void> {
    await this.add({ event: 'void', fragment });
    await kept(this.folder, () => renameVoid(this.folder, fragment));
  }

  /** Saves a file of a step, such as a domain's XML, and gives its path. */
  async save(folder: string, name: string, text: string): Promise<string> {
    const path = join(this.folder, folder, name);
    await kept(this.folder, async () => {
      await makePrivateFolder(join(this.folder, folder));
      await writeDurably(path, text);
    });
    return path;
  }

  async end(outcome: 'done' | 'stopped', report: unknown): Promise<void> {
    const text = `${JSON.stringify(report, undefined, 2)}\n`;
    await kept(this.folder, () => writeDurably(join(this.folder, reportFile), text));
    await this.add({ event: 'run-ended', outcome });
  }

  private fragmentPath(fragment: string): string {
    return join(this.folder, 'restore', fragment);
  }
}

/** Nothing of a run goes on that can't be written down. */
async function kept<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new OperatorError(
      'not-saved',
      l10n.t('The journal and the way back could not be saved in {0}: {1}', folder, messageOf(error)),
      l10n.t(
        'Make room there, or make the folder writable. Then see in the list of runs how far this one came.',
      ),
      { cause: error },
    );
  }
}
