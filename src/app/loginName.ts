import * as l10n from '@vscode/l10n';
import { userInfo } from 'node:os';

/** Who works on this machine. A container may run as a user that has no name. */
export function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    return l10n.t('somebody');
  }
}
