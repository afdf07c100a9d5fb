import * as l10n from '@vscode/l10n';
import type { Problem, Section } from '../model/plan';

/** What the operator has yet to type or to do before the section may run. */
export function sectionBlockers(section: Section): Problem[] {
  return section.steps.flatMap((step): Problem[] => {
    if (step.step === 'confirm' && step.typed !== step.type) {
      const message = l10n.t('Write {0} between the quotes after typed= if you are sure.', step.type);
      return [{ severity: 'warning', message, span: step.span }];
    }
    if (step.step === 'manual' && !step.done) {
      return [
        { severity: 'warning', message: l10n.t('Do this by hand, then write done="yes".'), span: step.span },
      ];
    }
    return [];
  });
}
