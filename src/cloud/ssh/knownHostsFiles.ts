import { readFile, stat } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import { OperatorError, messageOf } from '../../model/errors';
import { parseKnownHosts, type KnownHost } from './knownHosts';

/** Reads files of known hosts. One that is not there knows nobody. */
export async function readKnownHosts(files: readonly string[]): Promise<KnownHost[]> {
  return (await Promise.all(files.map(readOne))).flat();
}

interface Parsed {
  /** what changes with the file */
  readonly state: string;
  readonly lines: readonly KnownHost[];
}

/** Each host of a scan reads the same file, and most lines of it are other hosts'. */
const parsed = new Map<string, Parsed>();

/** Two changes of a file may have the same time when they are this close. */
const sameTimeMs = 2000;

async function readOne(path: string): Promise<readonly KnownHost[]> {
  try {
    const { dev, ino, size, mtimeMs, ctimeMs } = await stat(path);
    const state = [dev, ino, size, mtimeMs, ctimeMs].join();
    const known = parsed.get(path);
    if (known?.state === state) return known.lines;
    const lines = parseKnownHosts(await readFile(path, 'latin1'));
    if (Date.now() - mtimeMs > sameTimeMs) parsed.set(path, { state, lines });
    return lines;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new OperatorError(
      'bad-configuration',
      l10n.t('The file of known hosts cannot be read: {0}', messageOf(error)),
      l10n.t('Make {0} readable, or name another file in ssh.knownHostsFile of the cloud.', path),
    );
  }
}
