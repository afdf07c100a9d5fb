import * as l10n from '@vscode/l10n';
import { CancelledError, OperatorError } from '../model/errors';
import type { ApiStep, Section } from '../model/plan';
import type { StepOutcome, StepReport } from '../model/report';
import type { ApiDoor } from './apiDoor';
import { prepare } from './apiRequests';
import { gapOf } from './gap';
import { stepTitle } from './section';
import type { StepResult } from './unit';

type Done = Pick<StepReport, 'detail' | 'irreversible'>;

const nothingLeft = (): Done => ({
  irreversible: false,
  detail: l10n.t('it was gone already, nothing was sent'),
});

/** Reads what the request is about, and sends it when it is still what the plan says. */
export function runApiStep(
  section: Section,
  step: ApiStep,
  door: ApiDoor,
  signal?: AbortSignal,
): Promise<StepResult> {
  return timed(step, 'done', async () => {
    const send = await prepare(await door.open(signal), section, step.request, signal);
    if (!send) {
      return nothingLeft();
    }
    await send(signal);
    return { irreversible: true };
  });
}

/** Reads what the request is about, and sends nothing. */
export function checkApiStep(
  section: Section,
  step: ApiStep,
  door: ApiDoor,
  signal?: AbortSignal,
): Promise<StepResult> {
  return timed(step, 'rolled-back', async () => {
    const send = await prepare(await door.open(signal), section, step.request, signal);
    return send
      ? { irreversible: true, detail: l10n.t('is there as the plan says; nothing was sent') }
      : nothingLeft();
  });
}

async function timed(step: ApiStep, success: StepOutcome, work: () => Promise<Done>): Promise<StepResult> {
  const started = performance.now();
  const report = (outcome: StepOutcome, done: Partial<StepReport>): StepReport[] => [
    {
      what: stepTitle(step),
      span: step.span,
      milliseconds: Math.round(performance.now() - started),
      irreversible: outcome === 'unknown',
      ...done,
      outcome,
    },
  ];
  try {
    return { outcome: success, reports: report(success, await work()) };
  } catch (error) {
    const outcome = outcomeOf(error);
    return { outcome, reports: report(outcome, { problem: gapOf(error) }), error };
  }
}

/** A request that was sent is waited for, cancelled or not: a CancelledError came before it. */
function outcomeOf(error: unknown): StepOutcome {
  if (CancelledError.is(error)) {
    return 'skipped';
  }
  if (OperatorError.is(error, 'outcome-unknown')) {
    return 'unknown';
  }
  return OperatorError.is(error) && error.code !== 'command-failed' ? 'refused' : 'failed';
}
