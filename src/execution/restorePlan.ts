import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { restoreDocument } from '../cleanup/restore';
import { OperatorError } from '../model/errors';
import type { Clock, Logger } from '../model/ports';
import type { Databases } from './context';
import { appendDurably } from './durable';
import { journalFile } from '../model/runFolder';
import type { JournalLine, JournalEntry } from './journalLine';
import { historyRestoreText } from './history/historyPlans';
import { restorable } from './moves';
import { readJournal } from './readJournal';
import { openUnits, renameVoid, savedUnits, voidUnits } from './savedUnits';
import { settle } from './settle';

/** The way back of one instance, as far as the run came with it. */
interface Back {
  readonly uuid: string;
  readonly name: string;
  readonly units: string[];
  readonly directories: { host: string; path: string; from: string; bytes: number }[];
}

/**
 * The way back of a run as a plan: the rows that were committed, the last first, and the directories in quarantine.
 * Rejects while it is open what became of a transaction: see `settleRun`.
 */
export async function restorePlanText(folder: string, run: string, clock: Clock): Promise<string> {
  const lines = await readJournal(folder, run);
  const begun = lines.find((line) => line.event === 'run-begun');
  if (begun?.event !== 'run-begun' || (begun.purpose !== 'cleanup' && begun.purpose !== 'history')) {
    throw new OperatorError(
      'plan-refused',
      begun?.event === 'run-begun' && begun.purpose === 'purge'
        ? l10n.t('The run {0} purged the quarantine; nothing brings back what it deleted.', run)
        : l10n.t('The run {0} brought rows back; it has no way back of its own.', run),
      l10n.t('Choose the run of a cleanup plan.'),
    );
  }
  requireSettled(run, lines);
  if (begun.purpose === 'history') return historyRestoreText(run, begun, lines, clock);
  const sections = new Map<string, Back>();
  for (const unit of (await savedUnits(folder, run, lines)).reverse()) {
    sectionOf(sections, unit).units.push(unit.text);
  }
  for (const move of restorable(lines).reverse()) {
    const { host, path, to, bytes } = move;
    sectionOf(sections, move).directories.push({ host, path, from: to, bytes });
  }
  const { cloud, cells } = begun;
  const drafted = clock.now().toISOString();
  const rolledBack = (await voidUnits(folder, run, lines)).map(({ file }) => file);
  return restoreDocument({ cloud, cells, id: randomUUID(), run, drafted, rolledBack }, [
    ...sections.values(),
  ]);
}

/** Nothing can be said about a run while it is open what became of a transaction. */
export function requireSettled(run: string, lines: readonly JournalLine[]): void {
  if (openUnits(lines).length > 0) {
    throw new OperatorError(
      'stale-evidence',
      l10n.t('The run {0} was interrupted during a COMMIT, and it is not known whether it took effect.', run),
      l10n.t('Try again when the database of the cloud answers.'),
    );
  }
}

/**
 * Asks the databases what became of the transactions that an interrupted run left open, and writes it into its
 * journal. Gives the number that stay unknown.
 */
export async function settleRun(
  folder: string,
  run: string,
  context: Databases & { readonly clock: Clock; readonly logger: Logger },
): Promise<number> {
  let unknown = 0;
  for (const { database, witness, fragment } of openUnits(await readJournal(folder, run))) {
    const became = await settle(context, database, witness, context.logger);
    if (became === 'unknown') {
      unknown += 1;
      continue;
    }
    const entry: JournalEntry = { event: became, fragment };
    const line = { at: context.clock.now().toISOString(), ...entry };
    await appendDurably(join(folder, run, journalFile), JSON.stringify(line));
    if (became === 'void') {
      await renameVoid(join(folder, run), fragment);
    }
  }
  return unknown;
}

function sectionOf(sections: Map<string, Back>, line: { section: string; name: string }): Back {
  const found = sections.get(line.section);
  if (found) {
    return found;
  }
  const made: Back = { uuid: line.section, name: line.name, units: [], directories: [] };
  sections.set(line.section, made);
  return made;
}
