import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parse } from '../../src/cleanup/parse';
import type { RunContext } from '../../src/execution/context';
import { goOnText } from '../../src/execution/goOn';
import { listRuns } from '../../src/execution/readJournal';
import { restorePlanText, settleRun } from '../../src/execution/restorePlan';
import { runPlan } from '../../src/execution/runPlan';
import { OperatorError } from '../../src/model/errors';
import type { RunReport } from '../../src/model/report';
import { fillIn } from '../integration/app/product';
import { bearingOut } from '../integration/execution/planText';
import { doneAt, type Fault } from './fault';
import type { Order } from './killedProcess';
import { withPoints } from './points';
import type { Stage } from './stage';
import { doneWords } from './table';

/** How a run ended that something went wrong in: with a report, with an error, or killed. */
export type End = RunReport | Error | 'killed';

/** Runs the plan, and lets the fault strike once when the run comes to its point. */
export async function runInto(fault: Fault, plan: string, stage: Stage): Promise<End> {
  const slow = fault.at === 'during the rename';
  if (slow) await stage.rename.lay();
  try {
    return fault.killsRun ? await runKilled(fault, plan, stage) : await runStruck(fault, plan, stage);
  } finally {
    await fault.heal?.(stage);
    if (slow) await stage.rename.lift();
  }
}

async function runStruck(fault: Fault, plan: string, stage: Stage): Promise<End> {
  let found: string | undefined;
  const strike = async (): Promise<void> => {
    if (found !== undefined) return;
    found = '';
    found = doneWords(await stage.subject.world());
    await fault.strike?.(stage);
  };
  const context = withPoints({ ...stage.context(), look: bearingOut(plan) }, async (point) => {
    if (point === fault.at) await strike();
  });
  const running = runPlan(parse(plan), plan, context, { signal: stage.cancel.signal }).catch(
    (error: unknown) => error as Error,
  );
  if (fault.at === 'during the rename') {
    await stage.rename.reached();
    await strike();
    await stage.rename.letGo();
  }
  const end = await running;
  assert.equal(found, doneAt[fault.at], `the run never came to "${fault.at}": ${JSON.stringify(end)}`);
  return end;
}

async function runKilled(fault: Fault, plan: string, stage: Stage): Promise<'killed'> {
  const order: Order = { ground: stage.orderGround(), plan, at: fault.at };
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/faults/killedProcess.ts'], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  child.stdin.end(JSON.stringify(order));
  const ended = once(child, 'close');
  if (fault.at === 'during the rename') {
    await stage.rename.reached();
    child.kill('SIGKILL');
    await ended;
    await stage.rename.letGo();
  }
  const [, signal] = (await ended) as [number | null, NodeJS.Signals | null];
  if (signal !== 'SIGKILL') throw new Error(`the run never came to "${fault.at}"`);
  if (fault.at !== 'during the rename')
    assert.equal(doneWords(await stage.subject.world()), doneAt[fault.at]);
  return 'killed';
}

/** The plan of what a run left undone; undefined when it left nothing. Asked as the product does. */
export async function restOf(run: string, context: RunContext): Promise<string | undefined> {
  await settleRun(context.folder, run, context);
  try {
    return await goOnText(context.folder, run, context);
  } catch (error) {
    if (OperatorError.is(error, 'not-found')) return undefined;
    throw error;
  }
}

/** Runs a plan to its end; what does not go well is an error. */
export async function runThrough(text: string, context: RunContext): Promise<RunReport> {
  const plan = fillIn(text);
  const report = await runPlan(parse(plan), plan, { ...context, look: bearingOut(plan) }, {});
  const bad = report.sections.find(({ outcome }) => outcome !== 'done');
  if (bad) throw new Error(`${bad.outcome}: ${JSON.stringify(bad)}\n${plan}`);
  return report;
}

/** The run of a folder in which there is but one; undefined when it ended before it was written down. */
export async function onlyRun(folder: string): Promise<string | undefined> {
  return (await listRuns(folder))[0]?.run;
}

/** Takes back every cleanup of the folder, the last first. */
export async function undoAll(context: RunContext): Promise<void> {
  const runs = await listRuns(context.folder);
  for (const { run } of runs.sort((one, other) => (one.startedAt < other.startedAt ? 1 : -1))) {
    await settleRun(context.folder, run, context);
    const text = await restorePlanText(context.folder, run, context.clock);
    if (parse(text).sections.length > 0) await runThrough(text, context);
  }
}
