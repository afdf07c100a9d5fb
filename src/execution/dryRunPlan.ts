import { CancelledError, OperatorError, messageOf } from '../model/errors';
import type { Plan, Section } from '../model/plan';
import type { RunReport, SectionReport } from '../model/report';
import { ApiDoor } from './apiDoor';
import { checkApiStep, type Apis } from './apiStep';
import type { RunContext, RunPlanOptions } from './context';
import { withRests } from './cutOff';
import { earlierWork } from './earlierRuns';
import { gapOf } from './gap';
import { isBulk } from './history/bulkRun';
import { dryRunBulk } from './history/dryRunBulk';
import { checkHostStep } from './hostStep';
import { choose, openSections, staleSections } from './preflight';
import { type Chosen } from './chosen';
import { requireKept } from './purgePlan';
import { activeSteps, runSteps, stepTitle, type ActiveStep } from './section';
import { usualWait } from './serverRequests';
import { dryRunUnit, type StepResult } from './unit';
import { requireSaved } from './wayBack';
import { oversizedSections } from './writeSet';

/**
 * Does everything that a run would do and rolls it back, unit by unit; domains and directories are checked only, and
 * the APIs only read.
 * Nothing is written, neither in the cloud nor here. A section that a run would refuse is tried all the same, and
 * reported as refused.
 */
export async function dryRunPlan(
  plan: Plan,
  text: string,
  context: RunContext,
  options: RunPlanOptions,
): Promise<RunReport> {
  if (isBulk(plan)) return dryRunBulk(plan, text, context, options);
  const startedAt = context.clock.now().toISOString();
  const asked = choose(plan, text, context, options);
  await requireSaved(asked, text, context.folder);
  await requireKept(asked, context.folder);
  const whole = await withRests(asked, context, options.signal);
  const chosen = { ...whole, earlier: await earlierWork(whole, context.folder) };
  const stale = await staleOrUnread(chosen, context, options.signal);
  const oversized = await oversizedSections(chosen.sections, context, options.signal);
  const refused = new Map([...openSections(chosen.sections), ...stale, ...oversized]);
  const door = new ApiDoor(context.access);
  try {
    const sections = await trySections(chosen, refused, context, { door, wait: usualWait }, options);
    return {
      run: '',
      plan: chosen.header.id,
      cloud: chosen.header.cloud,
      mode: 'dry-run',
      purpose: chosen.header.purpose,
      startedAt,
      finishedAt: context.clock.now().toISOString(),
      sections,
    };
  } finally {
    await door.close();
  }
}

async function trySections(
  chosen: Chosen,
  refused: ReadonlyMap<string, OperatorError>,
  context: RunContext,
  apis: Apis,
  options: RunPlanOptions,
): Promise<SectionReport[]> {
  const total = chosen.sections.flatMap(activeSteps).length;
  const sections: SectionReport[] = [];
  let done = 0;
  for (const section of chosen.sections) {
    const tryStep = (step: ActiveStep): Promise<StepResult> => {
      options.onProgress?.(done, total, `${section.uuid}: ${stepTitle(step)}`);
      done += 1;
      return tryOne(section, step, context, apis, options.signal);
    };
    const report = await runSteps(section, tryStep, () => true, options.signal);
    if (options.signal?.aborted) {
      throw new CancelledError();
    }
    const refusal = refused.get(section.uuid);
    sections.push(refusal ? { ...report, outcome: 'refused', problem: gapOf(refusal) } : report);
  }
  return sections;
}

function tryOne(
  section: Section,
  step: ActiveStep,
  context: RunContext,
  apis: Apis,
  signal?: AbortSignal,
): Promise<StepResult> {
  switch (step.step) {
    case 'unit':
      return dryRunUnit(section, step, context, signal);
    case 'api':
      return checkApiStep(section, step, apis, signal);
    default:
      return checkHostStep(section, step, context, signal);
  }
}

/** The counts of a dry run are worth having even when the look fails. */
async function staleOrUnread(
  chosen: Chosen,
  context: RunContext,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, OperatorError>> {
  try {
    return await staleSections(chosen, context, signal);
  } catch (error) {
    if (!OperatorError.is(error)) {
      throw error;
    }
    context.logger.warn(`the look before the dry run failed: ${messageOf(error)}`);
    return new Map(chosen.sections.map(({ uuid }) => [uuid, error]));
  }
}
