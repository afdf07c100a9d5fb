import * as l10n from '@vscode/l10n';
import type { Gap } from '../../model/source';

/** A complete list that has nothing of what Nova's databases say must be in it. */
export function foreign(message: string): Gap {
  return {
    code: 'empty-list',
    message,
    action: l10n.t(
      'Check the region and the endpoint of the service in clouds.yaml, and that its database is whole; then scan again.',
    ),
  };
}
