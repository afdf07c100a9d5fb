import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { messageOf, OperatorError } from '../model/errors';
import type { Clock } from '../model/ports';
import { journalFile, planFile, reportFile } from '../model/runFolder';
import { appendDurably, makePrivateFolder, writeDurably } from './durable';
import { renameVoid } from './savedUnits';
import type { JournalEntry, JournalLine, PreparedUnit } from './journalLine';

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
