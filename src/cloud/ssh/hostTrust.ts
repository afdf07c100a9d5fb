import * as l10n from '@vscode/l10n';
import { OperatorError } from '../../model/errors';
import type { Logger, Prompts } from '../../model/ports';
import {
  fingerprint,
  knownKeys,
  type HostKeyStore,
  type KeyVerdict,
  type KnownKeys,
  type NamedHost,
} from './hostKeys';
import type { Hop } from './hop';
import { keyOf, knownHostName, type HostKey, type KnownHost } from './knownHosts';

export interface HostTrustOptions {
  readonly cloud: string;
  readonly store: HostKeyStore;
  readonly prompts: Pick<Prompts, 'trustHostKey'>;
  readonly logger: Logger;
}

/** What is judged: a host, and what the configuration says of trusting it. */
export type TrustSubject = Pick<Hop, 'host' | 'knownHostsFiles' | 'strictHostKeyChecking'>;

/** Which host keys count as known in one cloud, and who is asked about the others. */
export class HostTrust {
  /** answers and open questions, so that nobody is asked the same thing twice at once */
  private readonly questions = new Map<string, Promise<boolean>>();
  private readonly trusted = new Map<string, readonly HostKey[]>();

  constructor(private readonly options: HostTrustOptions) {}

  known(file: readonly KnownHost[], host: NamedHost): KnownKeys {
    const stored = this.options.store.get(this.storeName(host)).flatMap((text) => keyOf(blobOf(text)) ?? []);
    return knownKeys(file, host, [...stored, ...this.trustedHere(host)]);
  }

  /** Asks the operator, and remembers a yes. Rejects with `host-key-unknown` on a no, or where nobody may be asked. */
  async ask(subject: TrustSubject, key: HostKey): Promise<void> {
    const { host, strictHostKeyChecking, knownHostsFiles } = subject;
    if (strictHostKeyChecking === 'yes') throw strangerRefused(subject, key);
    if (this.trustedHere(host).some(({ blob }) => blob === key.blob)) return;
    const id = `${this.storeName(host)} ${key.blob}`;
    let question = this.questions.get(id);
    if (question === undefined) {
      question = this.question(subject, key).finally(() => this.questions.delete(id));
      this.questions.set(id, question);
    }
    if (await question) return;
    throw new OperatorError(
      'host-key-unknown',
      l10n.t('The key of {0} ({1}) is not trusted: {2}', host.host, placeOf(host), fingerprint(key)),
      l10n.t('Compare it with the key on the host, then trust it or add it to {0}.', knownHostsFiles[0]),
    );
  }

  /** The error for a verdict that no answer of the operator can mend. */
  refusal({ host, knownHostsFiles }: TrustSubject, key: HostKey, verdict: KeyVerdict): OperatorError {
    const file = knownHostsFiles.join(', ');
    const shown = `${key.type} ${fingerprint(key)}`;
    if (verdict.is === 'revoked') {
      return new OperatorError(
        'host-key-changed',
        l10n.t('{0} ({1}) shows a key that is revoked: {2}', host.host, placeOf(host), shown),
        l10n.t('Do not log in there before you know why. The revocation stands in {0}.', file),
      );
    }
    if (verdict.is === 'behind-authority') {
      return new OperatorError(
        'host-key-unknown',
        l10n.t(
          '{0} ({1}) is known by a certificate authority only, which is not supported.',
          host.host,
          placeOf(host),
        ),
        l10n.t('Add the key of the host itself to {0}: {1}', file, shown),
      );
    }
    const known =
      verdict.is === 'changed' ? verdict.known.map((other) => `${other.type} ${fingerprint(other)}`) : [];
    return new OperatorError(
      'host-key-changed',
      l10n.t(
        '{0} ({1}) shows another key than before: {2}. Known: {3}',
        host.host,
        placeOf(host),
        shown,
        known.join(', '),
      ),
      l10n.t(
        'Somebody may stand between. If the host was installed anew, compare the key on the host itself, then add it to {0} and remove the old one there.',
        file,
      ),
    );
  }

  private async question({ host, strictHostKeyChecking }: TrustSubject, key: HostKey): Promise<boolean> {
    const { cloud, prompts, store, logger } = this.options;
    const { address, port } = host;
    const shown = { cloud, host: host.host, address, port, keyType: key.type, fingerprint: fingerprint(key) };
    if (strictHostKeyChecking === 'ask' && !(await prompts.trustHostKey(shown))) return false;
    const name = this.storeName(host);
    this.trusted.set(name, [...this.trustedHere(host), key]);
    await store.add(name, `${key.type} ${key.blob}`);
    logger.info(`Trusted the key of ${host.host} (${placeOf(host)}): ${key.type} ${shown.fingerprint}`);
    return true;
  }

  /** What was trusted since this was made: the store may not tell it at once. */
  private trustedHere(host: NamedHost): readonly HostKey[] {
    return this.trusted.get(this.storeName(host)) ?? [];
  }

  /** Two clouds may use the same private addresses for different hosts. */
  private storeName({ address, port, alias }: NamedHost): string {
    return `${this.options.cloud}/${alias ?? knownHostName(address, port)}`;
  }
}

function strangerRefused({ host, knownHostsFiles }: TrustSubject, key: HostKey): OperatorError {
  return new OperatorError(
    'host-key-unknown',
    l10n.t('The key of {0} ({1}) is not known: {2}', host.host, placeOf(host), fingerprint(key)),
    l10n.t(
      'StrictHostKeyChecking is "yes", so nobody is asked. Compare it with the key on the host and add it to {0}.',
      knownHostsFiles[0],
    ),
  );
}

function placeOf({ address, port }: NamedHost): string {
  return `${address}:${port}`;
}

function blobOf(stored: string): Buffer {
  return Buffer.from(stored.split(' ')[1] ?? '', 'base64');
}
