import { messageOf } from '../model/errors';
import type { Section } from '../model/plan';
import { runApiStep, type Apis } from './apiStep';
import type { RunContext } from './context';
import { gapOf } from './gap';
import { runHostStep } from './hostStep';
import type { FlowControl } from './flowControl';
import type { Journal } from './journal';
import type { RunLock } from './runLock';
import { skippedReports, stepTitle, type ActiveStep } from './section';
import { runUnit, type StepResult } from './unit';

/** What the steps of a run share. */
export interface Ground extends Apis {
  readonly context: RunContext;
  readonly journal: Journal;
  readonly lock: RunLock;
  readonly flow: FlowControl;
  /** hears how many bytes the step has removed, of how many */
  readonly onBytes?: (gone: number, all: number) => void;
}

/** A step between its two lines in the journal. A journal that can't be written is a reason to stop. */
export async function journaled(
  section: Section,
  step: ActiveStep,
  ground: Ground,
  signal?: AbortSignal,
): Promise<StepResult> {
  const { context, journal, lock } = ground;
  const title = stepTitle(step);
  try {
    await lock.check();
  } catch (error) {
    return { outcome: 'skipped', reports: skippedReports([step]), error };
  }
  const offset = step.span.start;
  try {
    await journal.add({
      event: 'step-begun',
      section: section.uuid,
      name: section.name,
      step: title,
      offset,
    });
  } catch (error) {
    return { outcome: 'failed', reports: [], error };
  }
  const result = await doStep(section, step, ground, signal);
  if (result.error !== undefined) {
    context.logger.warn(`${section.uuid}: ${title}: ${result.outcome}: ${messageOf(result.error)}`);
  }
  const problem = result.error === undefined ? {} : { problem: gapOf(result.error) };
  try {
    await journal.add({
      event: 'step-ended',
      section: section.uuid,
      step: title,
      offset,
      outcome: result.outcome,
      ...problem,
    });
    return result;
  } catch (error) {
    return { error, ...result };
  }
}

async function doStep(
  section: Section,
  step: ActiveStep,
  ground: Ground,
  signal?: AbortSignal,
): Promise<StepResult> {
  const { context, journal } = ground;
  switch (step.step) {
    case 'unit':
      await ground.flow.ease(step.database, signal);
      return runUnit(section, step, context, journal, signal);
    case 'api':
      return runApiStep(section, step, ground, signal);
    default:
      return runHostStep(section, step, context, journal, ground.onBytes);
  }
}
