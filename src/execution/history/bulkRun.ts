import { CancelledError } from '../../model/errors';
import type { Plan, PlanHeader } from '../../model/plan';
import type { RunReport, SectionReport } from '../../model/report';
import type { RunContext, RunPlanOptions } from '../context';
import { FlowControl } from '../flowControl';
import type { Journal } from '../journal';
import { checkLimits, choose } from '../preflight';
import { begin, ended } from '../runFrame';
import { withRunLock, type RunLock } from '../runLock';
import { loadChunks, requireChunks } from './loadChunks';
import { bulkFacts } from './bulkFacts';
import { readyHistory, runHistory } from './runHistory';

/** True of a plan whose rows are too many to stand in it one by one. */
export function isBulk({ header, chunks }: Plan): boolean {
  return header?.purpose === 'history' || chunks.length > 0;
}

type Bulk = (journal: Journal, lock: RunLock) => Promise<SectionReport[]>;

/** Runs a plan for the history, or the restore of one. Rejects when it must not run at all, with nothing changed. */
export async function runBulk(
  plan: Plan,
  text: string,
  context: RunContext,
  options: RunPlanOptions,
): Promise<RunReport> {
  const startedAt = context.clock.now();
  const { header } = choose(plan, text, context, options);
  checkLimits({ header, sections: [] }, context);
  await requireChunks(plan, context.folder);
  return withRunLock(
    context,
    async (lock) => {
      const work = await readyWork(plan, header, context, options);
      if (options.signal?.aborted) throw new CancelledError();
      const sections = plan.histories.map(({ cell }) => cell);
      const journal = await begin(header, text, sections, startedAt, context);
      const reports = await work(journal, lock);
      return ended(
        journal,
        {
          ...bulkFacts(header, 'run', startedAt, context),
          run: journal.run,
          sections: reports,
          folder: journal.folder,
        },
        context.logger,
      );
    },
    options.signal,
  );
}

async function readyWork(
  plan: Plan,
  header: PlanHeader,
  context: RunContext,
  options: RunPlanOptions,
): Promise<Bulk> {
  const { chunks } = plan;
  if (header.purpose === 'restore') {
    return (journal, lock) => loadChunks({ header, chunks }, { context, journal, lock }, options);
  }
  const ready = await readyHistory(plan, context, options.signal);
  return (journal, lock) =>
    runHistory(ready, { context, journal, lock, flow: new FlowControl(context) }, options);
}
