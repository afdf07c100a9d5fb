import * as l10n from '@vscode/l10n';
import { OperatorError, messageOf, type ErrorCode } from '../../model/errors';
import type { Hop } from './hop';
import type { Offer } from './offer';
import type { Offered } from './offerAgent';

/** What was tried when a login failed. */
export interface Tried {
  readonly offer: Offer;
  readonly offered: Offered;
  /** by the command that carried the connection */
  readonly said: string;
}

/** Turns an error of ssh2 into one for the operator. */
export function sshError(error: unknown, hop: Hop, tried?: Tried): OperatorError {
  if (OperatorError.is(error)) return error;
  const code = codeOf(error);
  const said = [messageOf(error), tried?.said ?? ''].filter((text) => text !== '').join('; ');
  return new OperatorError(code, messageFor(code, hop, said), actionFor(code, hop, tried), { cause: error });
}

function messageFor(code: ErrorCode, { host }: Hop, said: string): string {
  const place = `${host.address}:${host.port}`;
  switch (code) {
    case 'timed-out':
      return l10n.t('{0} ({1}) does not answer over SSH.', host.host, place);
    case 'refused-login':
      return l10n.t('{0} ({1}) refused the SSH login: {2}', host.host, place, said);
    default:
      return l10n.t(
        '{0} ({1}) cannot be reached over SSH, or the connection was lost: {2}',
        host.host,
        place,
        said,
      );
  }
}

function actionFor(code: ErrorCode, { host, user, via }: Hop, tried: Tried | undefined): string {
  const place = `${host.address}:${host.port}`;
  if (code === 'refused-login') {
    const names = tried?.offer.candidates.map(({ name }) => name).join(', ') ?? '';
    const unsigned = (tried?.offered.refusedToSign ?? []).map((name) => l10n.t('{0} did not sign.', name));
    return [
      l10n.t(
        'Let {0}@{1} in with one of these keys, or set another user or ssh.keyFile in the settings of the cloud: {2}.',
        user,
        place,
        names || '-',
      ),
      ...unsigned,
      ...(tried?.offer.notes ?? []),
    ].join(' ');
  }
  if (via?.kind === 'command') {
    return l10n.t(
      'Check that the host is up, and that the ProxyCommand of the SSH configuration leads to it.',
    );
  }
  return l10n.t(
    'Check that the host is up and that sshd answers at {0}, or give its address under hosts in the settings of the cloud.',
    place,
  );
}

/** ssh2 says in `level` where an error came from; sockets have Node's `code`. */
function codeOf(error: unknown): ErrorCode {
  if (!(error instanceof Error)) return 'unreachable';
  const level = 'level' in error ? error.level : undefined;
  if (level === 'client-authentication' || level === 'agent') return 'refused-login';
  // sshd hangs up after MaxAuthTries keys.
  if (/too many authentication failures/i.test(error.message)) return 'refused-login';
  if (level === 'client-timeout' || ('code' in error && error.code === 'ETIMEDOUT')) return 'timed-out';
  return 'unreachable';
}
