import * as l10n from '@vscode/l10n';
import { CancelledError, OperatorError, messageOf } from '../model/errors';
import type { Gap } from '../model/source';

/** An error as a report holds it. */
export function gapOf(error: unknown): Gap {
  if (OperatorError.is(error)) {
    return { code: error.code, message: error.message, action: error.action };
  }
  if (CancelledError.is(error)) {
    return {
      code: 'command-failed',
      message: l10n.t('Cancelled.'),
      action: l10n.t('Run the plan again for what was not done.'),
    };
  }
  return { code: 'command-failed', message: messageOf(error), action: l10n.t('See the log.') };
}
