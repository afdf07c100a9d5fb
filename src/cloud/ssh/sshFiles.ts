import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import { OperatorError, messageOf } from '../../model/errors';
import type { SshConfiguration } from '../configuration';
import { parseKnownHosts, type KnownHost } from './knownHosts';

/** How to prove who we are: with a private key, or through an agent. */
export type SshIdentity = { readonly privateKey: Buffer } | { readonly agent: string };

/** Reads the private key, or finds the agent. Rejects with `bad-configuration`. */
export async function readIdentity({ keyFile }: SshConfiguration): Promise<SshIdentity> {
  if (keyFile !== undefined) return { privateKey: await readKey(expandHome(keyFile)) };
  const agent = process.env.SSH_AUTH_SOCK;
  if (agent !== undefined && agent !== '') return { agent };
  throw new OperatorError(
    'bad-configuration',
    l10n.t('There is no private key to log in with, and no SSH agent runs (SSH_AUTH_SOCK is not set).'),
    l10n.t('Set ssh.keyFile of the cloud, or start an agent and add the key to it (ssh-add).'),
  );
}

/** Reads known_hosts. A file that is not there knows nobody. */
export async function readKnownHosts({ knownHostsFile }: SshConfiguration): Promise<KnownHost[]> {
  const path = expandHome(knownHostsFile);
  try {
    return parseKnownHosts(await readFile(path, 'latin1'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new OperatorError(
      'bad-configuration',
      l10n.t('The file of known hosts cannot be read: {0}', messageOf(error)),
      l10n.t('Make {0} readable, or name another file in ssh.knownHostsFile of the cloud.', path),
    );
  }
}

async function readKey(path: string): Promise<Buffer> {
  const text = await readFile(path).catch((error: unknown) => {
    throw new OperatorError(
      'bad-configuration',
      l10n.t('The private key cannot be read: {0}', messageOf(error)),
      l10n.t('Check ssh.keyFile of the cloud, and the rights on the file.'),
    );
  });
  const { utils } = (await import('ssh2')).default;
  const parsed = utils.parseKey(text);
  if (!(parsed instanceof Error) && parsed.isPrivateKey()) return text;
  // ssh2 tells an encrypted key from a broken one by its message alone.
  if (parsed instanceof Error && /encrypted/i.test(parsed.message)) {
    throw new OperatorError(
      'bad-configuration',
      l10n.t('The private key {0} is protected by a passphrase.', path),
      l10n.t(
        'Add it to an SSH agent (ssh-add) and leave ssh.keyFile out, or use a key without a passphrase.',
      ),
    );
  }
  throw new OperatorError(
    'bad-configuration',
    l10n.t('{0} is not a private key that can be used.', path),
    l10n.t('Name a private key in the format of OpenSSH or PEM in ssh.keyFile of the cloud.'),
  );
}

/** `~/` at the start of a path stands for the home folder, as in a shell. */
export function expandHome(path: string): string {
  return path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
}
