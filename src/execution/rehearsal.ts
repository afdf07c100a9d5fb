import type { RunContext } from './context';
import { staleSections, type Chosen } from './preflight';
import { activeSteps } from './section';
import { dryRunUnit } from './unit';

/** As long as the look at the whole plan counts for the steps of a section that nothing else has seen. */
const lookLastsMs = 3 * 60_000;

/**
 * The look at the whole plan may be long ago when a section comes to its hosts, where nothing rolls back. Its units are
 * tried first, so that their guards have seen the rows just now; a section without units is looked at once more.
 * Gives the error of the first that speaks against it.
 */
export async function rehearse(
  chosen: Chosen,
  lookedAt: Date,
  context: RunContext,
  signal?: AbortSignal,
): Promise<unknown> {
  const steps = chosen.sections.flatMap(activeSteps);
  if (steps.every(({ step }) => step === 'unit')) {
    return undefined;
  }
  if (steps.every(({ step }) => step !== 'unit')) {
    const isRecent = context.clock.now().getTime() - lookedAt.getTime() < lookLastsMs;
    return isRecent ? undefined : lookAgain(chosen, context, signal);
  }
  for (const step of steps) {
    const error = step.step === 'unit' ? (await dryRunUnit(step, context, signal)).error : undefined;
    if (error !== undefined) {
      return error;
    }
  }
  return undefined;
}

async function lookAgain(chosen: Chosen, context: RunContext, signal?: AbortSignal): Promise<unknown> {
  try {
    const [error] = (await staleSections(chosen, context, signal)).values();
    return error;
  } catch (error) {
    return error;
  }
}
