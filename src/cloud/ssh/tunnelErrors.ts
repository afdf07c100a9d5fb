import * as l10n from '@vscode/l10n';
import { OperatorError, messageOf } from '../../model/errors';
import type { Hop } from './hop';
import { sshError } from './sshErrors';

/** Why sshd opened no channel: RFC 4254, 5.1. */
const prohibited = 1;
const connectFailed = 2;

/** Turns what kept a host from connecting to `place` into an error for the operator. */
export function tunnelError(error: unknown, hop: Hop, place: string): OperatorError {
  const { host, user } = hop;
  const said = messageOf(error).replace('(SSH) Channel open failure: ', '');
  switch (reasonOf(error)) {
    case prohibited:
      return new OperatorError(
        'permission-denied',
        l10n.t('sshd of {0} does not connect {1} to {2}: {3}', host.host, user, place, said),
        l10n.t(
          'Let sshd there forward for {0}: AllowTcpForwarding, for a socket AllowStreamLocalForwarding, PermitOpen and the options in authorized_keys decide.',
          user,
        ),
        { cause: error },
      );
    case connectFailed:
      return new OperatorError(
        'unreachable',
        l10n.t('{0} cannot connect to {1}: {2}', host.host, place, said),
        place.startsWith('/')
          ? // sshd says the same when it may not forward to sockets (serverloop.c, server_request_direct_streamlocal).
            l10n.t(
              'Check that the server runs, that the socket is there and {0} may use it, and that sshd there forwards to sockets (AllowStreamLocalForwarding).',
              user,
            )
          : l10n.t('Check that the server runs, and that {0} is right as seen from {1}.', place, host.host),
        { cause: error },
      );
    default:
      return isLate(error)
        ? new OperatorError(
            'timed-out',
            l10n.t('{0} does not come to a connection with {1}.', host.host, place),
            l10n.t('Look whether {0} hangs, and whether a firewall is between it and {1}.', host.host, place),
            { cause: error },
          )
        : sshError(error, hop);
  }
}

function reasonOf(error: unknown): unknown {
  return error instanceof Error && 'reason' in error ? error.reason : undefined;
}

function isLate(error: unknown): boolean {
  return error instanceof Error && 'level' in error && error.level === 'client-timeout';
}
