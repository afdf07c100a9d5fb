import * as l10n from '@vscode/l10n';
import { size } from '../cleanup/prose';
import { CancelledError, type OperatorError } from '../model/errors';
import type { Plan, Section } from '../model/plan';
import type { RunReport, SectionReport } from '../model/report';
import { sideBySide } from '../evidence/sideBySide';
import { abreast } from './abreast';
import { ApiDoor } from './apiDoor';
import { askForRest } from './askForRest';
import type { RunContext, RunPlanOptions } from './context';
import { withRests } from './cutOff';
import { earlierWork } from './earlierRuns';
import { FlowControl } from './flowControl';
import { isBulk, runBulk } from './history/bulkRun';
import { journaled, type Ground } from './journaledStep';
import { checkLimits, choose, openSections, staleSections } from './preflight';
import { type Chosen } from './chosen';
import { activeSteps, refusedSection, runSteps, skippedSection, stepTitle, type ActiveStep } from './section';
import { requireKept } from './purgePlan';
import { rehearse } from './rehearsal';
import { begin, ended } from './runFrame';
import { withRunLock, type RunLock } from './runLock';
import { usualWait } from './serverRequests';
import type { StepResult } from './unit';
import { verify } from './verification';
import { requireSaved } from './wayBack';
import { oversizedSections } from './writeSet';

/**
 * Runs the chosen sections of a plan. Rejects when the plan must not run at all, with nothing changed. When the first
 * look refuses some sections, it is asked whether the others run; whatever goes wrong after that ends the run.
 */
export async function runPlan(
  plan: Plan,
  text: string,
  context: RunContext,
  options: RunPlanOptions,
): Promise<RunReport> {
  if (isBulk(plan)) return runBulk(plan, text, context, options);
  const startedAt = context.clock.now();
  const asked = choose(plan, text, context, options);
  await requireSaved(asked, text, context.folder);
  await requireKept(asked, context.folder);
  const whole = await withRests(asked, context, options.signal);
  const chosen = { ...whole, earlier: await earlierWork(whole, context.folder) };
  checkLimits(chosen, context);
  return withRunLock(
    context,
    (lock) => runLocked(chosen, text, { startedAt, lock }, context, options),
    options.signal,
  );
}

async function runLocked(
  chosen: Chosen,
  text: string,
  { startedAt, lock }: { readonly startedAt: Date; readonly lock: RunLock },
  context: RunContext,
  options: RunPlanOptions,
): Promise<RunReport> {
  const { signal } = options;
  const open = openSections(chosen.sections);
  const ready = chosen.sections.filter(({ uuid }) => !open.has(uuid));
  const lookedAt = context.clock.now();
  const stale = new Map([
    ...(await staleSections({ ...chosen, sections: ready }, context, signal)),
    ...(await oversizedSections(ready, context, signal)),
  ]);
  if (signal?.aborted) {
    throw new CancelledError();
  }
  await askForRest(ready, stale, options);
  const { id, cloud, purpose } = chosen.header;
  const sections = chosen.sections.map(({ uuid }) => uuid);
  const journal = await begin(chosen.header, text, sections, startedAt, context);
  const refused = new Map([...open, ...stale]);
  const wait = context.serverWait ?? usualWait;
  const shared = { lock, flow: new FlowControl(context) };
  const ground = { context, journal, door: new ApiDoor(context.access), wait, ...shared };
  const ran = await runSections(chosen, { refused, lookedAt }, ground, options).finally(() =>
    ground.door.close(),
  );
  const reports = purpose === 'cleanup' ? await verify(ran, context, options.signal) : ran;
  const report: RunReport = {
    run: journal.run,
    plan: id,
    cloud,
    mode: 'run',
    purpose,
    startedAt: startedAt.toISOString(),
    finishedAt: context.clock.now().toISOString(),
    sections: reports,
    folder: journal.folder,
  };
  return ended(journal, report, context.logger);
}

interface FirstLook {
  readonly refused: ReadonlyMap<string, OperatorError>;
  /** when it began */
  readonly lookedAt: Date;
}

async function runSections(
  chosen: Chosen,
  { refused, lookedAt }: FirstLook,
  ground: Ground,
  options: RunPlanOptions,
): Promise<SectionReport[]> {
  const { sections } = chosen;
  const total = sections.filter(({ uuid }) => !refused.has(uuid)).flatMap(activeSteps).length;
  let done = 0;
  let stopped = false;
  const runOne = async (section: Section): Promise<SectionReport> => {
    const refusal = refused.get(section.uuid);
    if (refusal) return refusedSection(section, refusal);
    if (stopped || options.signal?.aborted) return skippedSection(section);
    const unready = await rehearse({ ...chosen, sections: [section] }, lookedAt, ground, options.signal);
    if (unready !== undefined) {
      stopped = true;
      return refusedSection(section, unready);
    }
    const runStep = (step: ActiveStep): Promise<StepResult> => {
      const title = `${section.uuid}: ${stepTitle(step)}`;
      const before = done;
      const onBytes = (gone: number, all: number): void =>
        options.onProgress?.(before, total, `${title}: ${l10n.t('{0} of {1}', size(gone), size(all))}`);
      options.onProgress?.(before, total, title);
      done += 1;
      return journaled(section, step, { ...ground, onBytes }, options.signal);
    };
    const report = await runSteps(section, runStep, ({ error }) => error === undefined, options.signal);
    stopped ||= report.problem !== undefined;
    return report;
  };
  const reports: SectionReport[] = [];
  for (const { sections: group, atATime } of abreast(sections)) {
    reports.push(...(await sideBySide(group, atATime, runOne)));
  }
  return reports;
}
