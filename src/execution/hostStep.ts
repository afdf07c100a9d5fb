import { isActive } from '../model/domain';
import { OperatorError } from '../model/errors';
import type { DirectoryStep, DomainStep, Section } from '../model/plan';
import type { StepOutcome, StepReport } from '../model/report';
import type { RunContext } from './context';
import { checkDirectory, runDirectory, type Stopped } from './directory';
import { checkDomain, runDomain } from './domain';
import { gapOf } from './gap';
import { AnswerLostError, type HostOptions } from './host';
import type { Journal } from './journal';
import { checkPurge, runPurge } from './purge';
import { checkRestore, restoreDirectory } from './restoreDirectory';
import { stepTitle } from './section';
import type { StepResult } from './unit';

type HostStep = DomainStep | DirectoryStep;
type Done = Partial<Pick<StepReport, 'bytes' | 'detail' | 'irreversible' | 'byHand'>>;

export function runHostStep(
  section: Section,
  step: HostStep,
  context: RunContext,
  journal: Journal,
  onBytes?: HostOptions['onBytes'],
): Promise<StepResult> {
  return timed(step, 'done', () => {
    if (step.step === 'domain') return runDomain(section, step, context, journal);
    if (step.then === 'restore') return restoreDirectory(section, step, context);
    if (step.then === 'purge') return runPurge(section, step, context, onBytes);
    return runDirectory(section, step, context, journal, stoppedBefore(section, step), onBytes);
  });
}

/** Checks everything that the step would check, and changes nothing. */
export function checkHostStep(
  section: Section,
  step: HostStep,
  context: RunContext,
  signal?: AbortSignal,
): Promise<StepResult> {
  return timed(step, 'rolled-back', () => {
    if (step.step === 'domain') return checkDomain(section, step, context, signal);
    if (step.then === 'restore') return checkRestore(section, step, context, signal);
    if (step.then === 'purge') return checkPurge(section, step, context, signal);
    return checkDirectory(section, step, context, stoppedBefore(section, step), signal);
  });
}

async function timed(step: HostStep, success: StepOutcome, work: () => Promise<Done>): Promise<StepResult> {
  const started = performance.now();
  const report = (outcome: StepOutcome, done: Partial<StepReport>): StepReport[] => [
    {
      what: stepTitle(step),
      span: step.span,
      irreversible: isIrreversible(step),
      milliseconds: Math.round(performance.now() - started),
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

/** What the operator has to take as final before it is known better. */
function isIrreversible(step: HostStep): boolean {
  return step.step === 'domain' ? isActive(step) : step.then === 'delete' || step.then === 'purge';
}

function stoppedBefore(section: Section, step: DirectoryStep): Stopped {
  const domain = section.steps.find((other) => other.step === 'domain' && other.host === step.host);
  if (domain?.step !== 'domain') {
    return 'nothing';
  }
  return isActive(domain) ? 'active' : 'inactive';
}

function outcomeOf(error: unknown): StepOutcome {
  if (error instanceof AnswerLostError) {
    return 'unknown';
  }
  return OperatorError.is(error) && error.code !== 'command-failed' ? 'refused' : 'failed';
}
