import * as l10n from '@vscode/l10n';
import type { Check } from './fields';

/** A name of ssh_config, a host name or an address: never an option of a program. */
export const sshName: Check<string> = (value, wrong) => {
  if (typeof value === 'string' && /^[A-Za-z0-9_][A-Za-z0-9_.:%-]*$/.test(value)) return value;
  wrong(l10n.t('This must be a name of ~/.ssh/config, a host name or an address.'));
  return undefined;
};
