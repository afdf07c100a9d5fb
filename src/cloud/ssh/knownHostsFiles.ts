import { readFile } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import { OperatorError, messageOf } from '../../model/errors';
import { parseKnownHosts, type KnownHost } from './knownHosts';

/** Reads files of known hosts. One that is not there knows nobody. */
export async function readKnownHosts(files: readonly string[]): Promise<KnownHost[]> {
  return (await Promise.all(files.map(readOne))).flat();
}

async function readOne(path: string): Promise<KnownHost[]> {
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
