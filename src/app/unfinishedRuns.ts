import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JournalLine } from '../execution/journalLine';
import { journalFile, runPattern } from '../model/runFolder';
import { whereabouts } from './runner';

type Begun = Extract<JournalLine, { event: 'run-begun' }>;

/** A run that was interrupted, and that nobody went on with, took back or left. */
export interface UnfinishedRun {
  readonly run: string;
  readonly cloud: string;
  readonly purpose: Begun['purpose'];
  readonly startedAt: string;
}

/** What became of open transactions may stand behind the line that ends a run. */
const tailBytes = 4096;

/**
 * The newest first. Reads little, and nothing of what runs plans: VS Code waits for this when it starts. A run that may
 * still run in another window, or on another machine, is none of them.
 */
export async function unfinishedRuns(folder: string): Promise<UnfinishedRun[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => runPattern.test(name)).sort();
  const closed = await Promise.all(names.map((run) => isClosed(join(folder, run, journalFile))));
  const first = closed.indexOf(false);
  const unfinished: UnfinishedRun[] = [];
  const later: Begun[] = [];
  for (const run of first < 0 ? [] : names.slice(first).reverse()) {
    const lines = await readLines(join(folder, run, journalFile));
    const begun = lines.find((line) => line.event === 'run-begun');
    if (!begun) continue;
    const isOpen = !lines.some(({ event }) => event === 'run-ended' || event === 'left');
    if (isOpen && !later.some((next) => takesUp(next, begun)) && (await isGone(begun))) {
      unfinished.push({ run, cloud: begun.cloud, purpose: begun.purpose, startedAt: begun.at });
    }
    later.push(begun);
  }
  return unfinished;
}

async function isGone({ runner, at }: Begun & { readonly at: string }): Promise<boolean> {
  return (await whereabouts(runner, at)) === 'gone';
}

/** It goes on with the run or takes it back; of a restore, it takes the same run back once more. */
function takesUp(next: Begun, { run, purpose, of }: Begun): boolean {
  return next.of !== undefined && (next.of === run || (purpose === 'restore' && next.of === of));
}

async function isClosed(journal: string): Promise<boolean> {
  const file = await open(journal, 'r').catch(() => undefined);
  if (!file) return true;
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - tailBytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
    return linesOf(buffer.toString('utf8', 0, bytesRead)).some(
      ({ event }) => event === 'run-ended' || event === 'left',
    );
  } finally {
    await file.close();
  }
}

async function readLines(journal: string): Promise<JournalLine[]> {
  return linesOf(await readFile(journal, 'utf8').catch(() => ''));
}

/** A line that is cut off says nothing. */
function linesOf(text: string): JournalLine[] {
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as JournalLine];
    } catch {
      return [];
    }
  });
}
