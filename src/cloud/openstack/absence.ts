import * as l10n from '@vscode/l10n';
import { OperatorError } from '../../model/errors';
import type { ApiSession } from './apiSession';
import { isOwn404 } from './apiErrors';

/**
 * What `ask` gives; undefined for a 404 that proves an absence. An account that is no admin gets a 404 for what others
 * own as well: for that one it is an error.
 */
export async function orAbsent<T>(
  session: ApiSession,
  what: string,
  ask: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!isOwn404(error)) throw error;
    if (await session.isAdmin()) return undefined;
    throw new OperatorError(
      'permission-denied',
      l10n.t('{0}: there is none that this account may see, which does not mean that there is none.', what),
      l10n.t('Use an account with the role admin.'),
      { cause: error },
    );
  }
}
