import * as l10n from '@vscode/l10n';
import { randomBytes } from 'node:crypto';
import { OperatorError } from '../../model/errors';
import type { Shell } from '../ssh/shell';
import { readScript } from './readScript';

/**
 * `read` and `sudo` (which read it) come with a text. `odd` is no file, `too-long` more than a configuration file is.
 * `unreadable` may be absent as well: who may not enter a folder does not learn what is in it.
 */
export type FileState = 'read' | 'sudo' | 'unreadable' | 'absent' | 'odd' | 'too-long';

export interface FileLook {
  readonly path: string;
  readonly state: FileState;
}

/** `text` may hold passwords: it is parsed and dropped. */
export interface FileRead extends FileLook {
  readonly text?: string;
}

export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** whether `sudo -n` is tried where a file may not be read; default: yes */
  readonly sudo?: boolean;
  /** a folder that stands for the root of the host, in tests */
  readonly root?: string;
}

const timeoutMs = 30_000;
/** nova.conf with every option and its help is 0.5 MB. */
const mostBytes = 2_000_000;

/**
 * Reads files of a host in one round trip; in a path, `*` stands for the names in a folder. Of options that
 * `readScript` does not name only the place comes back. Rejects with an OperatorError, or CancelledError.
 */
export async function readFiles(
  shell: Shell,
  paths: readonly string[],
  { signal, sudo = true, root = '' }: ReadOptions,
): Promise<readonly FileRead[]> {
  const nonce = randomBytes(16).toString('hex');
  const args = [root, nonce, sudo ? 'yes' : 'no', String(mostBytes), ...paths];
  const { stdout } = await shell.run(readScript, args, { timeoutMs, ...(signal ? { signal } : {}) });
  const lines = stdout.split('\n').filter((line) => line.startsWith(`${nonce} `));
  if (lines.pop() !== `${nonce} end`) throw cutOff(shell.host);
  return lines.map((line) => parseLine(line, shell.host));
}

const shape = /^\w+ (\w+) ([\w+/]*={0,2}) ([\w+/]*={0,2}) ([\w+/]*={0,2})$/;

function parseLine(line: string, host: string): FileRead {
  const [, state, path = '', contents = '', said = ''] = shape.exec(line) ?? [];
  const look = (known: FileState): FileRead => ({ path: decode(path), state: known });
  switch (state) {
    case 'absent':
    case 'odd':
      return look(state);
    case 'denied':
      return look('unreadable');
    case 'read':
    case 'sudo':
      break;
    default:
      throw cutOff(host);
  }
  const { text, bytes } = counted(decode(contents), host);
  const [, errors = '', code] = /^(.*)\n(\d{1,3})$/s.exec(decode(said)) ?? [];
  if (bytes > mostBytes) return look('too-long');
  if (code === '0') return { ...look(state), text };
  return look(/No such file or directory\s*$/.test(errors) ? 'absent' : 'unreadable');
}

/** The last line says how many bytes the host has read; without it something is missing there. */
function counted(contents: string, host: string): { text: string; bytes: number } {
  const [, text = '', bytes] = /^(.*\n|)(\d+)\n$/s.exec(contents) ?? [];
  if (bytes === undefined) throw cutOff(host);
  return { text, bytes: Number(bytes) };
}

function decode(field: string): string {
  return Buffer.from(field, 'base64').toString('utf8');
}

function cutOff(host: string): OperatorError {
  return new OperatorError(
    'command-failed',
    l10n.t('The answer of {0} is not whole, so nothing of it counts.', host),
    l10n.t('Try again. If it stays so, log in and check that sh, awk, base64, head and tr work there.'),
  );
}
