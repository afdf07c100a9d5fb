import * as l10n from '@vscode/l10n';
import { isServerRequest } from '../model/apiRequest';
import type { Section, Step } from '../model/plan';
import type { Report } from './sql/statement';

/**
 * A section goes one way: Nova is asked to do everything itself, or it is done step by step. What Nova left is for a
 * new plan, drafted from a new look.
 */
export function checkApiSection({ depth, steps }: Section, report: Report): void {
  for (const step of steps) {
    if (depth === 'api' && isOwnWork(step)) {
      report(
        l10n.t('A section of depth api only asks Nova, and what is left after it is for a new plan.'),
        step.span,
      );
    }
    if (depth !== 'api' && step.step === 'api' && isServerRequest(step.request)) {
      report(
        l10n.t('Nova is asked to do this in a section of depth api, which does nothing else.'),
        step.span,
      );
    }
  }
}

function isOwnWork(step: Step): boolean {
  switch (step.step) {
    case 'domain':
    case 'directory':
    case 'unit':
      return true;
    case 'api':
      return !isServerRequest(step.request);
    case 'confirm':
    case 'manual':
      return false;
  }
}
