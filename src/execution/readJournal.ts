import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { OperatorError } from '../model/errors';
import { journalFile, runPattern } from '../model/runFolder';
import type { JournalLine } from './journalLine';

/**
 * A run as its folder tells of it; `interrupted` when the process ended before the run did, or runs still; `left` when
 * the operator then left it as it is.
 */
export interface RecordedRun {
  readonly run: string;
  readonly cloud: string;
  readonly startedAt: string;
  readonly outcome: 'done' | 'stopped' | 'interrupted' | 'left';
  readonly folder: string;
}

/** The runs under `folder`, the newest first. */
export async function listRuns(folder: string): Promise<RecordedRun[]> {
  const names = await readdir(folder).catch(() => []);
  const runs = names.filter((name) => runPattern.test(name)).sort((one, other) => (one < other ? 1 : -1));
  const recorded = await Promise.all(runs.map((run) => summary(folder, run)));
  return recorded.flatMap((run) => run ?? []);
}

/**
 * Lines of the journal of a run. One that was cut off, by a full disk or a crash, is left out: what it would have said
 * stays open then, and the way back is on the safe side of it.
 */
export async function readJournal(folder: string, run: string): Promise<JournalLine[]> {
  if (!runPattern.test(run)) {
    throw notFound(run);
  }
  const text = await readFile(join(folder, run, journalFile), 'utf8').catch(() => {
    throw notFound(run);
  });
  return text.split('\n').slice(0, -1).flatMap(readLine);
}

function readLine(line: string): JournalLine[] {
  try {
    return [JSON.parse(line) as JournalLine];
  } catch {
    return [];
  }
}

async function summary(root: string, run: string): Promise<RecordedRun | undefined> {
  const lines = await readJournal(root, run).catch(() => []);
  const begun = lines.find((line) => line.event === 'run-begun');
  if (begun?.event !== 'run-begun') {
    return undefined;
  }
  return {
    run,
    cloud: begun.cloud,
    startedAt: begun.at,
    outcome: outcomeOf(lines),
    folder: join(root, run),
  };
}

/** What became of an open transaction may be written after the end. */
function outcomeOf(lines: readonly JournalLine[]): RecordedRun['outcome'] {
  const end = lines.findLast(({ event }) => event === 'run-ended');
  if (end?.event === 'run-ended') return end.outcome;
  return lines.some(({ event }) => event === 'left') ? 'left' : 'interrupted';
}

function notFound(run: string): OperatorError {
  return new OperatorError(
    'not-found',
    l10n.t('There is no run {0} on this machine.', run),
    l10n.t('Choose one from the list of runs.'),
  );
}
