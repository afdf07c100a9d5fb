import type { AgentAuthMethod, Client, ConnectConfig } from 'ssh2';
import { CancelledError, OperatorError } from '../../model/errors';
import type { Carrier } from './carrier';
import type { Hop } from './hop';
import { judgeKey, preferredAlgorithms, type KeyVerdict } from './hostKeys';
import type { HostTrust } from './hostTrust';
import { keyOf, type HostKey } from './knownHosts';
import { readKnownHosts } from './knownHostsFiles';
import { makeOffer, type Offer } from './offer';
import { NoSignatureError, offerAgent, type Offered } from './offerAgent';
import type { LockedKey, PrivateKeys } from './privateKeys';
import { sshError } from './sshErrors';

/** Who is asked about keys of hosts and of ours. */
export interface LoginParts {
  readonly trust: HostTrust;
  readonly keys: PrivateKeys;
}

/**
 * Logs in at a hop. Where the operator has to be asked, for an unknown host key or for a passphrase, the connection is
 * given up before, so that nothing times out over the question, and made again after the answer.
 */
export async function logIn(
  hop: Hop,
  { trust, keys }: LoginParts,
  carry: () => Promise<Carrier | undefined>,
  signal?: AbortSignal,
): Promise<Client> {
  for (;;) {
    const offer = await makeOffer(hop.identity, keys);
    const outcome = await attempt(hop, trust, offer, carry, signal);
    if ('client' in outcome) return outcome.client;
    if ('locked' in outcome) await keys.unlock(outcome.locked);
    else if (outcome.verdict.is === 'unknown') await trust.ask(hop, outcome.key);
    else throw trust.refusal(hop, outcome.key, outcome.verdict);
    if (signal?.aborted) throw new CancelledError();
  }
}

type Outcome =
  | { readonly client: Client }
  | { readonly locked: LockedKey }
  | { readonly key: HostKey; readonly verdict: KeyVerdict };

async function attempt(
  hop: Hop,
  trust: HostTrust,
  offer: Offer,
  carry: () => Promise<Carrier | undefined>,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const known = trust.known(await readKnownHosts(hop.knownHostsFiles), hop.host);
  const { Client } = await import('ssh2');
  const offered: Offered = { refusedToSign: [] };
  const method: AgentAuthMethod = {
    type: 'agent',
    username: hop.user,
    agent: await offerAgent(offer.candidates, offered),
  };
  const carrier = await carry();
  if (signal?.aborted) {
    carrier?.destroy();
    throw new CancelledError();
  }
  const client = new Client();
  let refused: Outcome | undefined;
  const config: ConnectConfig = {
    host: hop.host.address,
    port: hop.host.port,
    ...(carrier === undefined ? {} : { sock: carrier.stream }),
    username: hop.user,
    authHandler: [method],
    readyTimeout: hop.timeoutMs,
    keepaliveInterval: hop.keepaliveMs,
    keepaliveCountMax: hop.keepaliveCount,
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
      client.on('error', (error) => (error instanceof NoSignatureError ? undefined : reject(error)));
      client.once('close', () => reject(new Error('the connection was closed')));
      client.connect(config);
    });
    client.once('close', () => carrier?.destroy());
    return { client };
  } catch (error) {
    client.destroy();
    const said = (await carrier?.said()) ?? '';
    carrier?.destroy();
    if (signal?.aborted) throw new CancelledError();
    if (refused) return refused;
    if (offered.locked) return { locked: offered.locked };
    const failure = OperatorError.is(error) ? error : sshError(error, hop, { offer, offered, said });
    const [hidden] = offer.hidden;
    if (hidden !== undefined && failure.code === 'refused-login') return { locked: hidden };
    throw failure;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
