import * as l10n from '@vscode/l10n';
import type { Hop } from './hop';
import { NotBegunError } from './shell';

export interface SudoRefusal {
  readonly reason: 'password-needed' | 'password-wrong' | 'not-allowed' | 'other';
  readonly error: NotBegunError;
}

/** What sudo means by what it says; with LC_ALL=C, sudo 1.8 to 1.9. */
export function sudoRefusal(hop: Hop, said: string): SudoRefusal {
  const { host, user } = hop;
  const rule = l10n.t(
    'Put this line into a file of /etc/sudoers.d there, or set ssh.sudo of the cloud to "no": {0}',
    `${user} ALL=(root) NOPASSWD: /bin/sh`,
  );
  if (/incorrect password|no password was provided|try again/i.test(said)) {
    return refusal(
      'password-wrong',
      'refused-login',
      l10n.t('sudo on {0} refused the password of {1}.', host.host, user),
      rule,
    );
  }
  if (/password is required|no tty present/i.test(said)) {
    return refusal(
      'password-needed',
      'permission-denied',
      l10n.t('sudo on {0} wants a password of {1}.', host.host, user),
      rule,
    );
  }
  if (/must have a tty/i.test(said)) {
    return refusal(
      'not-allowed',
      'permission-denied',
      l10n.t('sudo on {0} works on a terminal only.', host.host),
      l10n.t('Put this line into a file of /etc/sudoers.d there: {0}', `Defaults:${user} !requiretty`),
    );
  }
  if (/not in the sudoers file|not allowed to|may not run sudo/i.test(said)) {
    return refusal(
      'not-allowed',
      'permission-denied',
      l10n.t('sudo is not allowed for {0} on {1}.', user, host.host),
      rule,
    );
  }
  if (/not found|no such file/i.test(said)) {
    return refusal(
      'not-allowed',
      'permission-denied',
      l10n.t('There is no sudo on {0}, and {1} is not root.', host.host, user),
      l10n.t('Install sudo there, log in as root, or set ssh.sudo of the cloud to "no".'),
    );
  }
  return refusal(
    'other',
    'command-failed',
    l10n.t('sudo failed on {0}: {1}', host.host, said.trim().slice(0, 300)),
    rule,
  );
}

function refusal(
  reason: SudoRefusal['reason'],
  code: NotBegunError['code'],
  message: string,
  action: string,
): SudoRefusal {
  return { reason, error: new NotBegunError(code, message, action) };
}
