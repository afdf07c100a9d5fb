import * as l10n from '@vscode/l10n';
import { requestText } from '../cleanup/apiProse';
import { CancelledError } from '../model/errors';
import type { ApiStep, DirectoryStep, DomainStep, Section, Step, UnitStep } from '../model/plan';
import type { SectionReport, StepOutcome, StepReport } from '../model/report';
import { gapOf } from './gap';
import { unitTitle } from './transaction';
import type { StepResult } from './unit';

/** A step that does something; confirm and manual steps were asked for before. */
export type ActiveStep = DomainStep | DirectoryStep | ApiStep | UnitStep;

/** Domains first, then directories, then other services, then rows: a row that goes first would hide the domain from Nova for ever. */
export function activeSteps(section: Section): ActiveStep[] {
  const rank = { domain: 0, directory: 1, api: 2, unit: 3 } as const;
  return section.steps.filter(isActiveStep).sort((one, other) => rank[one.step] - rank[other.step]);
}

export function stepTitle(step: ActiveStep): string {
  switch (step.step) {
    case 'domain':
      return l10n.t('domain {0} on {1}', step.uuid, step.host);
    case 'directory':
      return l10n.t('directory {0} on {1}: {2}', step.path, step.host, step.then);
    case 'api':
      return requestText(step.request);
    case 'unit':
      return unitTitle(step);
  }
}

/** Runs the steps of a section in turn, up to the first that is not done. Never rejects. */
export async function runSteps(
  section: Section,
  runStep: (step: ActiveStep) => Promise<StepResult>,
  goOn: (result: StepResult) => boolean,
  signal?: AbortSignal,
): Promise<SectionReport> {
  const steps = activeSteps(section);
  const results: StepResult[] = [];
  for (const step of steps) {
    const result = signal?.aborted
      ? { outcome: 'skipped' as const, reports: skippedReports([step]), error: new CancelledError() }
      : await runStep(step);
    results.push(result);
    if (!goOn(result)) {
      break;
    }
  }
  const error = results.find((result) => result.error !== undefined)?.error;
  return {
    uuid: section.uuid,
    name: section.name,
    span: section.span,
    outcome: outcomeOf(results.map(({ outcome }) => outcome)),
    steps: [...results.flatMap(({ reports }) => reports), ...skippedReports(steps.slice(results.length))],
    ...(error === undefined ? {} : { problem: gapOf(error) }),
  };
}

export function refusedSection(section: Section, error: unknown): SectionReport {
  return { ...skippedSection(section), outcome: 'refused', problem: gapOf(error) };
}

export function skippedSection(section: Section): SectionReport {
  return {
    uuid: section.uuid,
    name: section.name,
    span: section.span,
    outcome: 'skipped',
    steps: skippedReports(activeSteps(section)),
  };
}

export function skippedReports(steps: readonly ActiveStep[]): StepReport[] {
  return steps.map((step) => ({
    what: stepTitle(step),
    span: step.span,
    outcome: 'skipped',
    milliseconds: 0,
    irreversible: false,
  }));
}

/** What stands of a section that stopped half-way is not undone, so it is `failed` then and never `rolled-back`. */
function outcomeOf(outcomes: readonly StepOutcome[]): StepOutcome {
  const worst = (['unknown', 'failed', 'refused', 'rolled-back', 'skipped'] as const).find((outcome) =>
    outcomes.includes(outcome),
  );
  if (worst === undefined || worst === 'unknown') {
    return worst ?? 'done';
  }
  return outcomes.includes('done') ? 'failed' : worst;
}

function isActiveStep(step: Step): step is ActiveStep {
  return step.step !== 'confirm' && step.step !== 'manual';
}
