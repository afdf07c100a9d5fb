import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import type { Client, ClientChannel } from 'ssh2';
import { messageOf, OperatorError } from '../../model/errors';
import type { Hop } from './hop';

/** A stream to the sshd of a hop that is not a connection of its own. */
export interface Carrier {
  readonly stream: Duplex;
  /** what the command that carries it wrote to its standard error, once it has ended or in a moment */
  said(): Promise<string>;
  destroy(): void;
}

/** A way through a jump host: its sshd connects to the next hop. */
export function carryOverJump(jump: Client, jumpHop: Hop, hop: Hop): Promise<Carrier> {
  const { address, port } = hop.host;
  return new Promise((resolve, reject) => {
    // A jump host that hangs, or a host behind it that drops packets, answers never.
    const late = setTimeout(() => {
      reject(failure(hop, jumpHop, 'timed-out', l10n.t('no answer within {0} s', hop.timeoutMs / 1000)));
    }, hop.timeoutMs);
    const done = (error: Error | undefined, channel?: ClientChannel): void => {
      clearTimeout(late);
      if (channel === undefined) {
        return reject(forwardError(error, hop, jumpHop));
      }
      // An error of the channel is one of the connection in it, which hears of its end.
      channel.on('error', () => undefined);
      resolve({ stream: channel, said: () => Promise.resolve(''), destroy: () => void channel.destroy() });
    };
    try {
      jump.forwardOut('127.0.0.1', 0, address, port, done);
    } catch (error) {
      // ssh2 throws when the connection is gone already.
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

/** A way through a command, as ssh runs it: ProxyCommand in ssh_config(5). */
export function carryOverCommand(command: string): Carrier {
  const child = spawn('/bin/sh', ['-c', `exec ${command}`], { stdio: ['pipe', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr = `${stderr}${chunk.toString('utf8')}`.slice(-500)));
  const ended = once(child, 'close').catch(() => undefined);
  const stream = Duplex.from({ readable: child.stdout, writable: child.stdin });
  child.on('error', (error) => stream.destroy(error));
  // The connection in it hears of its end.
  stream.on('error', () => undefined);
  return {
    stream,
    said: async () => {
      await Promise.race([ended, sleep(300, undefined, { ref: false })]);
      return stderr.trim();
    },
    destroy: () => {
      child.kill();
      stream.destroy();
    },
  };
}

/** Reasons of RFC 4254, 5.1. */
const prohibited = 1;

function forwardError(error: Error | undefined, hop: Hop, jumpHop: Hop): OperatorError {
  const reason = error !== undefined && 'reason' in error ? error.reason : undefined;
  if (reason !== prohibited) return failure(hop, jumpHop, 'unreachable', messageOf(error));
  return new OperatorError(
    'permission-denied',
    l10n.t('The jump host {0} does not let {1} connect to other hosts.', jumpHop.host.host, jumpHop.user),
    l10n.t(
      'Allow it there: AllowTcpForwarding and PermitOpen in sshd_config, port-forwarding in authorized_keys.',
    ),
    { cause: error },
  );
}

function failure(hop: Hop, jumpHop: Hop, code: 'timed-out' | 'unreachable', said: string): OperatorError {
  const { host, address, port } = hop.host;
  return new OperatorError(
    code,
    l10n.t(
      'The jump host {0} does not get through to {1} ({2}:{3}): {4}',
      jumpHop.host.host,
      host,
      address,
      port,
      said,
    ),
    l10n.t(
      'Check that the host is up, and that its address is the one by which {0} reaches it.',
      jumpHop.host.host,
    ),
  );
}
