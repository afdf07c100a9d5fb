import * as l10n from '@vscode/l10n';
import { OperatorError, messageOf, type ErrorCode } from '../../model/errors';
import type { NamedHost } from './hostKeys';

/** Turns an error of ssh2 into one for the operator. */
export function sshError(error: unknown, host: NamedHost, user: string): OperatorError {
  if (OperatorError.is(error)) return error;
  const code = codeOf(error);
  const place = `${host.address}:${host.port}`;
  return new OperatorError(
    code,
    messageFor(code, host.host, place, messageOf(error)),
    actionFor(code, place, user),
    {
      cause: error,
    },
  );
}

function messageFor(code: ErrorCode, host: string, place: string, said: string): string {
  switch (code) {
    case 'timed-out':
      return l10n.t('{0} ({1}) does not answer over SSH.', host, place);
    case 'refused-login':
      return l10n.t('{0} ({1}) refused the SSH login: {2}', host, place, said);
    default:
      return l10n.t(
        '{0} ({1}) cannot be reached over SSH, or the connection was lost: {2}',
        host,
        place,
        said,
      );
  }
}

function actionFor(code: ErrorCode, place: string, user: string): string {
  return code === 'refused-login'
    ? l10n.t(
        'Check the user {0} and the key or agent in the settings of the cloud: ssh {0}@{1} must work with it.',
        user,
        place,
      )
    : l10n.t(
        'Check that the host is up and that sshd answers at {0}, or give its address under hosts in the settings of the cloud.',
        place,
      );
}

/** ssh2 says in `level` where an error came from; sockets have Node's `code`. */
function codeOf(error: unknown): ErrorCode {
  if (!(error instanceof Error)) return 'unreachable';
  const level = 'level' in error ? error.level : undefined;
  if (level === 'client-authentication' || level === 'agent') return 'refused-login';
  if (level === 'client-timeout' || ('code' in error && error.code === 'ETIMEDOUT')) return 'timed-out';
  return 'unreachable';
}
