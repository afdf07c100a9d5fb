import { randomBytes } from 'node:crypto';
import { messageOf } from '../model/errors';
import type { PlanHeader } from '../model/plan';
import type { Logger } from '../model/ports';
import type { RunReport } from '../model/report';
import type { RunContext } from './context';
import { gapOf } from './gap';
import { Journal } from './journal';

/** Makes the folder of a run, and writes down that it begins. */
export async function begin(
  { id, cloud, cells, purpose, run: of }: PlanHeader,
  text: string,
  sections: readonly string[],
  startedAt: Date,
  context: RunContext,
): Promise<Journal> {
  const run = newRunId(startedAt);
  await context.begun?.(run);
  const journal = await Journal.open(context.folder, run, text, context.clock);
  const { runner } = context;
  const facts = { run, plan: id, cloud, cells, purpose, sections, ...(of === undefined ? {} : { of }) };
  await journal.add({ event: 'run-begun', ...facts, ...(runner && { runner }) });
  return journal;
}

/** What was done is told even when it can't be written down. The journal then looks like that of a run that was cut off. */
export async function ended(journal: Journal, report: RunReport, logger: Logger): Promise<RunReport> {
  const isDone = report.sections.every(({ outcome, problem }) => outcome === 'done' && !problem);
  try {
    await journal.end(isDone ? 'done' : 'stopped', report);
    return report;
  } catch (error) {
    logger.warn(`the report could not be saved: ${messageOf(error)}`);
    return { ...report, problem: gapOf(error) };
  }
}

/** Sorts by time, and is no name that a shell or a file system could take amiss. */
function newRunId(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z-${randomBytes(3).toString('hex')}`;
}
