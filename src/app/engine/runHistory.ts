import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JournalLine, Move, SavedChunk } from '../../execution/journalLine';
import { purgeable } from '../../execution/moves';
import { listRuns, readJournal, type RecordedRun } from '../../execution/readJournal';
import type { RunReport } from '../../model/report';
import { apiDatabaseId } from '../../model/schema';
import { reportFile } from '../../model/runFolder';
import type { RunSummary } from '../api';
import { whereabouts } from '../runner';

interface Told {
  readonly summary: Omit<RunSummary, 'restored'>;
  readonly sections: ReadonlySet<string>;
  /** of a run that works chunk by chunk: how many were deleted, or brought back */
  readonly inChunks: number;
}

/**
 * The runs under a folder, the newest first, with what each changed and what of that was taken back. `ours` are those
 * that this process runs.
 */
export async function runHistory(
  folder: string,
  ours: ReadonlySet<string> = new Set(),
): Promise<RunSummary[]> {
  const runs = await Promise.all((await listRuns(folder)).map((run) => tell(folder, run, ours)));
  return runs.map(({ summary, sections }) => {
    const restores = runs.filter(
      ({ summary: { purpose, of } }) => purpose === 'restore' && of === summary.run,
    );
    const back = new Set(restores.flatMap(({ sections: restored }) => [...restored]));
    const restored =
      summary.purpose === 'history'
        ? restores.reduce((sum, { inChunks }) => sum + inChunks, 0)
        : [...sections].filter((section) => back.has(section)).length;
    return { ...summary, restored };
  });
}

async function tell(root: string, run: RecordedRun, ours: ReadonlySet<string>): Promise<Told> {
  const lines = await readJournal(root, run.run);
  const begun = lines.find((line) => line.event === 'run-begun');
  const { plan = '', purpose = 'cleanup', of } = begun?.event === 'run-begun' ? begun : {};
  const sections = changedSections(lines);
  const rows = await changedRows(run.folder);
  const chunks = changedChunks(lines);
  const inChunks = chunks.reduce((sum, { instances }) => sum + instances, 0);
  return {
    summary: {
      ...run,
      ...(await stateOf(run, begun, ours)),
      plan,
      purpose,
      ...(of === undefined ? {} : { of }),
      instances: chunks.length > 0 ? inChunks : sections.size,
      directories: lines.filter(({ event }) => event === 'moved').length,
      kept: purgeable(lines).length,
      ...(rows === undefined ? {} : { rows }),
    },
    sections,
    inChunks,
  };
}

/** A run without an end was interrupted, unless its process still works on it. */
async function stateOf(
  { run, outcome, startedAt }: RecordedRun,
  begun: JournalLine | undefined,
  ours: ReadonlySet<string>,
): Promise<Pick<RunSummary, 'outcome' | 'machine'>> {
  const runner = begun?.event === 'run-begun' ? begun.runner : undefined;
  if (outcome !== 'interrupted' || !runner) return { outcome };
  const where = await whereabouts(runner, startedAt);
  if (where === 'elsewhere') return { outcome, machine: runner.host };
  const isDead = where === 'gone' || (runner.pid === process.pid && !ours.has(run));
  return { outcome: isDead ? outcome : 'running' };
}

/** In which something was changed, or may have been: the run may have died before it could say so. */
function changedSections(lines: readonly JournalLine[]): Set<string> {
  const undone = new Set(lines.flatMap(undoneBy));
  return new Set(
    lines.flatMap((line) => {
      switch (line.event) {
        case 'prepared':
          return undone.has(line.fragment) ? [] : [line.section];
        case 'moving':
          return undone.has(placeOf(line)) ? [] : [line.section];
        case 'step-ended':
          return line.outcome === 'done' || line.outcome === 'unknown' ? [line.section] : [];
        default:
          return [];
      }
    }),
  );
}

/** Each instance once: what the API database had of it is a chunk of its own, behind that of its cell. */
function changedChunks(lines: readonly JournalLine[]): SavedChunk[] {
  const undone = new Set(lines.flatMap(undoneBy));
  return lines.flatMap((line) =>
    line.event === 'prepared' && line.chunk && line.database !== apiDatabaseId && !undone.has(line.fragment)
      ? [line.chunk]
      : [],
  );
}

function undoneBy(line: JournalLine): string[] {
  if (line.event === 'void') return [line.fragment];
  return line.event === 'not-moved' ? [placeOf(line)] : [];
}

function placeOf({ host, path }: Move): string {
  return `${host} ${path}`;
}

/** From the report, which a run that was interrupted has none of. */
async function changedRows(folder: string): Promise<number | undefined> {
  try {
    const { sections } = JSON.parse(await readFile(join(folder, reportFile), 'utf8')) as RunReport;
    return sections
      .flatMap(({ steps }) => steps)
      .filter(({ outcome, expected }) => outcome === 'done' && expected !== undefined)
      .reduce((sum, { rows = 0 }) => sum + rows, 0);
  } catch {
    return undefined;
  }
}
