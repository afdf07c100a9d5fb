import * as l10n from '@vscode/l10n';
import { CancelledError, OperatorError } from '../../model/errors';
import type { Plan } from '../../model/plan';
import type { HistorySection } from '../../model/history';
import type { SectionReport } from '../../model/report';
import { apiDatabaseId } from '../../model/schema';
import type { RunContext, RunPlanOptions } from '../context';
import { leftHalves, type Half } from './halves';
import type { HeldBack } from './heldBack';
import { rangesOf } from './halfRange';
import { readySection, type ReadySection } from './ready';
import { Tally } from './tally';
import { Link } from './tries';
import { transaction, workThrough, type HistoryGround } from './worker';

/** What is read of a plan before its run begins. Rejects when it must not run, with nothing changed. */
export interface ReadyHistory {
  readonly sections: readonly ReadySection[];
  readonly halves: readonly Half[];
  readonly held: HeldBack;
}

export async function readyHistory(
  { header, histories }: Plan,
  context: RunContext,
  signal?: AbortSignal,
): Promise<ReadyHistory> {
  const halves = header ? await leftHalves(header, context.folder) : [];
  const sections: ReadySection[] = [];
  for (const section of histories) sections.push(await readySection(section, context, signal));
  // rows alone do not tell what a host holds
  const held = await context.holdBack(signal);
  return { sections, halves, held };
}

/** Deletes the history of each cell in turn. The first that fails ends the run; what was committed stands. */
export async function runHistory(
  { sections, halves, held }: ReadyHistory,
  shared: Omit<HistoryGround, 'held' | 'done'>,
  { signal, onProgress }: RunPlanOptions,
): Promise<SectionReport[]> {
  const tally = new Tally();
  const total = sections.reduce((sum, { section }) => sum + section.instances, 0);
  const began = performance.now();
  const ground = (section: HistorySection): HistoryGround => ({
    ...shared,
    held,
    done: (cell, done) => {
      tally.add(cell, done);
      onProgress?.(tally.total, total, progressText(section, tally.total, total, performance.now() - began));
    },
  });
  const reports: SectionReport[] = [];
  let stopped = false;
  for (const ready of sections) {
    const { section } = ready;
    const started = performance.now();
    if (stopped || signal?.aborted) {
      reports.push(tally.report(section, 'skipped', 'skipped', 0));
      continue;
    }
    let problem: unknown;
    try {
      await finishHalves(ready, halves, ground(section));
      await bothRanges(ready, ground(section), shared.context, signal);
    } catch (error) {
      problem = error;
      stopped = true;
    }
    const outcome = problem === undefined ? 'done' : isUnknown(problem) ? 'unknown' : 'failed';
    reports.push(tally.report(section, 'done', outcome, Math.round(performance.now() - started), problem));
  }
  return reports;
}

/** The first failure ends the work on the other range as well, after the chunk that it is at. */
async function bothRanges(
  ready: ReadySection,
  ground: HistoryGround,
  context: RunContext,
  signal?: AbortSignal,
): Promise<void> {
  const ending = new AbortController();
  const both = signal ? AbortSignal.any([signal, ending.signal]) : ending.signal;
  const failures: unknown[] = [];
  const ranges = await rangesOf(ready, context, signal);
  await Promise.all(
    ranges.map(async (range) => {
      try {
        await workThrough(ready, range, ground, both);
      } catch (error) {
        failures.push(error);
        ending.abort();
      }
    }),
  );
  if (signal?.aborted) throw new CancelledError();
  if (failures.length > 0) throw failures[0];
}

async function finishHalves(
  { section, inApi }: ReadySection,
  halves: readonly Half[],
  ground: HistoryGround,
): Promise<void> {
  const own = halves.filter(({ cell }) => cell === section.cell);
  const link = new Link(ground.context, apiDatabaseId);
  try {
    for (const { uuids, file } of own) {
      await transaction(inApi, section, link, uuids, ground, undefined, file);
    }
  } finally {
    await link.close();
  }
}

function isUnknown(error: unknown): boolean {
  return OperatorError.is(error, 'outcome-unknown');
}

function progressText({ name }: HistorySection, done: number, total: number, milliseconds: number): string {
  const rate = Math.max(1, Math.round((done * 1000) / Math.max(milliseconds, 1)));
  const minutes = Math.ceil(Math.max(0, total - done) / rate / 60);
  return l10n.t('{0}: {1} of {2} instances, {3} each second, {4} min left', name, done, total, rate, minutes);
}
