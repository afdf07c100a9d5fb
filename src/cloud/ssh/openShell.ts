import type { Client, ConnectConfig } from 'ssh2';
import { CancelledError, OperatorError } from '../../model/errors';
import type { SshConfiguration } from '../configuration';
import { judgeKey, preferredAlgorithms, type KeyVerdict, type NamedHost } from './hostKeys';
import type { HostTrust } from './hostTrust';
import { keyOf, type HostKey } from './knownHosts';
import type { Shell } from './shell';
import { sshError } from './sshErrors';
import { readIdentity, readKnownHosts, type SshIdentity } from './sshFiles';
import { SshShell } from './sshShell';

export interface ShellTarget {
  readonly host: NamedHost;
  readonly ssh: SshConfiguration;
  readonly trust: HostTrust;
  /** until we are logged in; default 10 s */
  readonly timeoutMs?: number;
  /** between two questions whether the host is still there; the third without an answer ends it; default 10 s */
  readonly keepaliveMs?: number;
  readonly signal?: AbortSignal;
}

export async function openShell(target: ShellTarget): Promise<Shell> {
  return new SshShell(target.host, target.ssh.user, await openClient(target));
}

/**
 * Logs in on a host whose key is known. For an unknown key the connection is given up before the operator is asked,
 * so that nothing times out over the question, and made again after a yes.
 */
export async function openClient(target: ShellTarget): Promise<Client> {
  const { host, ssh, trust } = target;
  const identity = await readIdentity(ssh);
  for (;;) {
    const shown = await connect(target, identity);
    if (!('key' in shown)) return shown.client;
    if (shown.verdict.is !== 'unknown') throw trust.refusal(host, shown.key, shown.verdict);
    await trust.ask(host, shown.key);
  }
}

type Outcome = { readonly client: Client } | { readonly key: HostKey; readonly verdict: KeyVerdict };

async function connect(
  { host, ssh, trust, timeoutMs = 10_000, keepaliveMs = 10_000, signal }: ShellTarget,
  identity: SshIdentity,
): Promise<Outcome> {
  const known = trust.known(await readKnownHosts(ssh), host);
  const { Client } = await import('ssh2');
  if (signal?.aborted) throw new CancelledError();
  const client = new Client();
  let refused: Outcome | undefined;
  const config: ConnectConfig = {
    host: host.address,
    port: host.port,
    username: ssh.user,
    ...identity,
    authHandler: ['privateKey' in identity ? 'publickey' : 'agent'],
    readyTimeout: timeoutMs,
    keepaliveInterval: keepaliveMs,
    keepaliveCountMax: 3,
    algorithms: { serverHostKey: preferredAlgorithms(known) },
    hostVerifier: (blob: Buffer, verify: (valid: boolean) => void) => {
      const key = keyOf(blob);
      const verdict = key && judgeKey(key, known);
      if (key && verdict && verdict.is !== 'known') refused = { key, verdict };
      verify(verdict?.is === 'known');
    },
  };
  const abort = (): void => void client.destroy();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      client.once('ready', resolve);
      // Stays for the life of the client: an event that nobody hears would end the process.
      client.on('error', reject);
      client.once('close', () => reject(new Error('the connection was closed')));
      client.connect(config);
    });
    return { client };
  } catch (error) {
    client.destroy();
    if (signal?.aborted) throw new CancelledError();
    if (refused) return refused;
    throw OperatorError.is(error) ? error : sshError(error, host, ssh.user);
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
