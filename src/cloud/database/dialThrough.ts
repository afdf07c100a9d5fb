import * as l10n from '@vscode/l10n';
import { OperatorError } from '../../model/errors';
import { SharedTunnel } from '../ssh/sharedTunnel';
import type { Tunnel } from '../ssh/tunnel';
import type { DatabaseAddress } from './databaseUrl';
import type { Dial } from './dial';

/**
 * Dials from `host`, over one SSH connection for all databases. Addresses and sockets are those that it sees.
 * @param timeoutMs until the host has connected to the database
 */
export function dialThrough(host: string, openTunnel: () => Promise<Tunnel>, timeoutMs = 10_000): Dial {
  const shared = new SharedTunnel(openTunnel);
  return async (address, signal) => {
    const { host: server, port, socketPath } = address;
    const options = { timeoutMs, ...(signal ? { signal } : {}) };
    try {
      return await shared.stream(
        (tunnel) =>
          socketPath === undefined ? tunnel.tcp(server, port, options) : tunnel.unix(socketPath, options),
        signal,
      );
    } catch (error) {
      throw OperatorError.is(error) ? onTheWay(error, host, address) : error;
    }
  };
}

/** A host that refuses the SSH login says nothing against the password of the database. */
function onTheWay(
  { code, message, action, cause }: OperatorError,
  host: string,
  { account }: DatabaseAddress,
): OperatorError {
  return new OperatorError(
    code === 'refused-login' ? 'unreachable' : code,
    l10n.t('The way to {0} leads through {1}. {2}', account, host, message),
    action,
    { cause },
  );
}
