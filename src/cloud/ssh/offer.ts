import * as l10n from '@vscode/l10n';
import type { ParsedKey, SigningRequestOptions } from 'ssh2';
import { messageOf, OperatorError } from '../../model/errors';
import { Agent } from './agent';
import type { Identity } from './hop';
import { fingerprint } from './hostKeys';
import { keyOf } from './knownHosts';
import type { KeyFile } from './privateKeyFile';
import type { LockedKey, PrivateKeys } from './privateKeys';

export type Hash = SigningRequestOptions['hash'];

/** A key that a host is offered. Signing rejects with a LockedKeyError while its passphrase is not known. */
export interface Candidate {
  readonly publicKey: ParsedKey;
  readonly name: string;
  sign(data: Buffer, hash: Hash): Promise<Buffer>;
}

export interface Offer {
  readonly candidates: readonly Candidate[];
  /** keys that do not show their public part before the passphrase is given */
  readonly hidden: readonly LockedKey[];
  /** why something is not among the candidates */
  readonly notes: readonly string[];
}

export class LockedKeyError extends Error {
  constructor(readonly file: LockedKey) {
    super('the key is locked');
  }
}

/**
 * What is offered to a host, in OpenSSH's order: keys of the agent that are in the files too, its other keys, keys of
 * the files (pubkey_prepare() in sshconnect2.c, OpenSSH 9.2). Rejects with `bad-configuration` when there is nothing.
 */
export async function makeOffer(identity: Identity, keys: PrivateKeys): Promise<Offer> {
  const notes: string[] = [];
  const [ofAgent, files] = await Promise.all([
    agentCandidates(identity, notes),
    Promise.all(identity.files.map((path) => keys.read(path))),
  ]);
  noteFiles(files, identity, notes);
  const same = (file: KeyFile, { publicKey }: Candidate): boolean => blobOf(file) === blob(publicKey);
  const named = ofAgent.filter((key) => files.some((file) => same(file, key)));
  const others = identity.only ? [] : ofAgent.filter((key) => !named.includes(key));
  const ownFiles = files.filter((file) => !ofAgent.some((key) => same(file, key)));
  const candidates = [...named, ...others, ...ownFiles.flatMap(fileCandidate)];
  const hidden = ownFiles.flatMap((file) =>
    file.is === 'locked' && file.publicKey === undefined ? [file] : [],
  );
  if (candidates.length + hidden.length > 0) return { candidates, hidden, notes };
  throw nothingToOffer(identity, ofAgent.length, notes);
}

async function agentCandidates({ agent }: Identity, notes: string[]): Promise<Candidate[]> {
  if (agent === undefined) return [];
  try {
    const opened = await Agent.at(agent);
    return (await opened.keys()).map((publicKey) => ({
      publicKey,
      name: l10n.t('{0} of the agent', print(publicKey)),
      sign: (data, hash) => opened.sign(publicKey, data, hash),
    }));
  } catch (error) {
    notes.push(l10n.t('The SSH agent at {0} does not answer: {1}.', agent, messageOf(error)));
    return [];
  }
}

function fileCandidate(file: KeyFile): Candidate[] {
  if (file.is === 'open') {
    const { key, path } = file;
    // In an async function, so that what it throws is a rejection.
    const sign = async (data: Buffer, hash: Hash): Promise<Buffer> => {
      const signature: Buffer | Error = await Promise.resolve(key.sign(data, hash));
      if (Buffer.isBuffer(signature)) return signature;
      throw new Error('the key cannot sign', { cause: signature });
    };
    return [{ publicKey: key, name: path, sign }];
  }
  if (file.is !== 'locked' || file.publicKey === undefined) return [];
  return [
    { publicKey: file.publicKey, name: file.path, sign: () => Promise.reject(new LockedKeyError(file)) },
  ];
}

function noteFiles(files: readonly KeyFile[], { kind }: Identity, notes: string[]): void {
  for (const file of files) {
    if (file.is === 'public')
      notes.push(l10n.t('{0} is a public key, and the agent has no private one to it.', file.path));
    if (file.is !== 'missing' && file.is !== 'broken') continue;
    if (kind === 'setting') throw unusable(file.path, file.is, file.why);
    if (file.is === 'broken') notes.push(l10n.t('{0} is not a private key that can be used.', file.path));
    else if (kind === 'configured') notes.push(l10n.t('{0} cannot be read.', file.path));
  }
}

function unusable(path: string, is: 'missing' | 'broken', why: string): OperatorError {
  return is === 'missing'
    ? new OperatorError(
        'bad-configuration',
        l10n.t('The private key cannot be read: {0}', why),
        l10n.t('Check ssh.keyFile of the cloud, and the rights on the file.'),
      )
    : new OperatorError(
        'bad-configuration',
        l10n.t('{0} is not a private key that can be used.', path),
        l10n.t('Name a private key in the format of OpenSSH or PEM in ssh.keyFile of the cloud.'),
      );
}

function nothingToOffer(identity: Identity, inAgent: number, notes: readonly string[]): OperatorError {
  const agent =
    identity.agent === undefined
      ? l10n.t('no SSH agent is set (SSH_AUTH_SOCK, IdentityAgent)')
      : inAgent > 0
        ? l10n.t('the keys of the SSH agent are not those that the configuration names')
        : l10n.t('the SSH agent has no key');
  return new OperatorError(
    'bad-configuration',
    l10n.t(
      'There is no private key to log in with: {0}, and none of these files is one: {1}',
      agent,
      identity.files.join(', ') || '-',
    ),
    [
      ...notes,
      l10n.t('Set ssh.keyFile of the cloud, or start an agent and add the key to it (ssh-add).'),
    ].join(' '),
  );
}

function blobOf(file: KeyFile): string | undefined {
  if (file.is === 'open') return blob(file.key);
  return 'publicKey' in file && file.publicKey !== undefined ? blob(file.publicKey) : undefined;
}

function blob(key: ParsedKey): string {
  return key.getPublicSSH().toString('base64');
}

function print(key: ParsedKey): string {
  const hostKey = keyOf(key.getPublicSSH());
  return hostKey === undefined ? key.type : `${hostKey.type} ${fingerprint(hostKey)}`;
}
