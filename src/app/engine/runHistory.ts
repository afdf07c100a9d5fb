import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from '../../cleanup/parse';
import { planFile, reportFile, type JournalLine, type Move } from '../../execution/journal';
import { purgeable } from '../../execution/moves';
import { listRuns, readJournal, type RecordedRun } from '../../execution/readJournal';
import type { RunReport } from '../../model/report';
import type { RunSummary } from '../api';

interface Told {
  readonly summary: Omit<RunSummary, 'restored'>;
  readonly sections: ReadonlySet<string>;
  /** the run that this one took back */
  readonly takenBack?: string;
}

/** The runs under a folder, the newest first, with what each changed and what of that was taken back. */
export async function runHistory(folder: string): Promise<RunSummary[]> {
  const runs = await Promise.all((await listRuns(folder)).map((run) => tell(folder, run)));
  return runs.map(({ summary, sections }) => {
    const back = new Set(
      runs
        .filter(({ takenBack }) => takenBack === summary.run)
        .flatMap(({ sections: restored }) => [...restored]),
    );
    return { ...summary, restored: [...sections].filter((section) => back.has(section)).length };
  });
}

async function tell(folder: string, run: RecordedRun): Promise<Told> {
  const lines = await readJournal(folder, run.run);
  const begun = lines.find((line) => line.event === 'run-begun');
  const sections = changedSections(lines);
  const { plan = '', purpose = 'cleanup' } = begun?.event === 'run-begun' ? begun : {};
  const takenBack = purpose === 'restore' ? await runOf(run.folder) : undefined;
  const rows = await changedRows(run.folder);
  return {
    summary: {
      ...run,
      plan,
      purpose,
      instances: sections.size,
      directories: lines.filter(({ event }) => event === 'moved').length,
      kept: purgeable(lines).length,
      ...(rows === undefined ? {} : { rows }),
    },
    sections,
    ...(takenBack === undefined ? {} : { takenBack }),
  };
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

/** The header of the plan names it; what follows may be long, and is not read. */
async function runOf(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, planFile), 'utf8').catch(() => '');
  return parse(text.split(/^-- @instance /m, 1)[0] ?? '').header?.run;
}
