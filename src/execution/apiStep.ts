import * as l10n from '@vscode/l10n';
import { CancelledError, OperatorError } from '../model/errors';
import type { ApiStep, Section } from '../model/plan';
import type { StepOutcome, StepReport } from '../model/report';
import type { ApiDoor } from './apiDoor';
import { prepare } from './apiRequests';
import { gapOf } from './gap';
import { stepTitle } from './section';
import type { Wait } from './serverRequests';
import type { StepResult } from './unit';

type Done = Pick<StepReport, 'detail' | 'irreversible'>;

const nothingLeft = (): Done => ({
  irreversible: false,
  detail: l10n.t('it was gone already, nothing was sent'),
});

/** What the requests of a run share. */
export interface Apis {
  readonly door: ApiDoor;
  readonly wait: Wait;
}

/** Reads what the request is about, and sends it when it is still what the plan says. */
export function runApiStep(
  section: Section,
  step: ApiStep,
  { door, wait }: Apis,
  signal?: AbortSignal,
): Promise<StepResult> {
  return timed(step, 'done', async (onSent) => {
    const prepared = await prepare(await door.open(signal), section, step.request, wait, signal);
    if (!prepared) {
      return nothingLeft();
    }
    await prepared.send(signal);
    onSent();
    const detail = await prepared.wait?.(signal);
    return { irreversible: true, ...(detail === undefined ? {} : { detail }) };
  });
}

/** Reads what the request is about, and sends nothing. */
export function checkApiStep(
  section: Section,
  step: ApiStep,
  { door, wait }: Apis,
  signal?: AbortSignal,
): Promise<StepResult> {
  return timed(step, 'rolled-back', async () => {
    const prepared = await prepare(await door.open(signal), section, step.request, wait, signal);
    return prepared
      ? { irreversible: true, detail: l10n.t('is there as the plan says; nothing was sent') }
      : nothingLeft();
  });
}

async function timed(
  step: ApiStep,
  success: StepOutcome,
  work: (onSent: () => void) => Promise<Done>,
): Promise<StepResult> {
  const started = performance.now();
  let sent = false;
  const report = (outcome: StepOutcome, done: Partial<StepReport>): StepReport[] => [
    {
      what: stepTitle(step),
      span: step.span,
      milliseconds: Math.round(performance.now() - started),
      irreversible: sent || outcome === 'unknown',
      ...done,
      outcome,
    },
  ];
  try {
    const done = await work(() => (sent = true));
    return { outcome: success, reports: report(success, done) };
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
