import * as l10n from '@vscode/l10n';
import { CancelledError, OperatorError } from '../model/errors';
import type { Section } from '../model/plan';
import type { RefusedSection, RunPlanOptions } from './context';
import type { Refused } from './chosen';

/**
 * What the first look leaves of a plan is another plan than the one that was confirmed: whether it runs is asked anew,
 * and without anybody to ask nothing runs. Where nothing is left, the report says why.
 */
export async function askForRest(
  sections: readonly Section[],
  refused: Refused,
  { onRefused }: RunPlanOptions,
): Promise<void> {
  const told = sections.flatMap(({ uuid, name }): RefusedSection[] => {
    const error = refused.get(uuid);
    return error ? [{ uuid, name, reason: error.message }] : [];
  });
  const [first] = told;
  if (!first || told.length === sections.length) {
    return;
  }
  if (!onRefused) {
    throw new OperatorError(
      'stale-evidence',
      l10n.t(
        'The look before the run refuses {0} of {1} instances. {2}: {3}',
        told.length,
        sections.length,
        first.uuid,
        first.reason,
      ),
      l10n.t('Nothing was changed. Run the others alone, or draft the plan again.'),
    );
  }
  if (!(await onRefused(told))) {
    throw new CancelledError();
  }
}
