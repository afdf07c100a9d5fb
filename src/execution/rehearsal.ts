import type { Section } from '../model/plan';
import { checkApiStep } from './apiStep';
import type { RunContext } from './context';
import type { Ground } from './journaledStep';
import { staleSections } from './preflight';
import { type Chosen } from './chosen';
import { activeSteps, type ActiveStep } from './section';
import { dryRunUnit } from './unit';

/** As long as the look at the whole plan counts for the steps of a section that nothing else has seen. */
const lookLastsMs = 3 * 60_000;

/**
 * The look at the whole plan may be long ago when a section comes to its hosts and the APIs, where nothing rolls back.
 * Its units are tried first, so that their guards have seen the rows just now, and what it will ask of the APIs is
 * read; a section without units is looked at once more. Gives the error of the first that speaks against it.
 */
export async function rehearse(
  chosen: Chosen,
  lookedAt: Date,
  ground: Ground,
  signal?: AbortSignal,
): Promise<unknown> {
  const { context } = ground;
  const steps = chosen.sections.flatMap(activeSteps);
  if (steps.every(({ step }) => step === 'unit')) {
    return undefined;
  }
  const isRecent = context.clock.now().getTime() - lookedAt.getTime() < lookLastsMs;
  if (!isRecent && steps.every(({ step }) => step !== 'unit')) {
    const error = await lookAgain(chosen, context, signal);
    if (error !== undefined) return error;
  }
  for (const section of chosen.sections) {
    const all = activeSteps(section);
    // Nothing is done before it that it could make half a thing of, and it reads what it is about before it is sent.
    if (all.length === 1 && all[0]?.step === 'api') continue;
    for (const step of all) {
      const error = await tryStep(section, step, ground, signal);
      if (error !== undefined) return error;
    }
  }
  return undefined;
}

async function tryStep(
  section: Section,
  step: ActiveStep,
  ground: Ground,
  signal?: AbortSignal,
): Promise<unknown> {
  switch (step.step) {
    case 'unit':
      return (await dryRunUnit(section, step, ground.context, signal)).error;
    case 'api':
      return (await checkApiStep(section, step, ground, signal)).error;
    default:
      return undefined;
  }
}

async function lookAgain(chosen: Chosen, context: RunContext, signal?: AbortSignal): Promise<unknown> {
  try {
    const [error] = (await staleSections(chosen, context, signal)).values();
    return error;
  } catch (error) {
    return error;
  }
}
