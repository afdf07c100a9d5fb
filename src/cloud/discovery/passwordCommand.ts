import * as l10n from '@vscode/l10n';
import { spawn, type ChildProcess } from 'node:child_process';
import { basename } from 'node:path';
import { CancelledError, OperatorError } from '../../model/errors';

export interface PasswordCommandOptions {
  readonly signal?: AbortSignal;
  /** default: 30 seconds, in which somebody may unlock a store */
  readonly timeoutMs?: number;
}

const mostBytes = 64_000;
/** how long output may come after the program has ended */
const drainMs = 500;

/**
 * Runs a program of this machine and takes the first line that it prints for a password. There is no shell: each text
 * of `command` is one argument. Neither what the program prints nor its arguments are part of an error, as both may
 * be secrets. Rejects with an OperatorError, or CancelledError.
 */
export function runPasswordCommand(
  command: readonly string[],
  { signal, timeoutMs = 30_000 }: PasswordCommandOptions = {},
): Promise<string> {
  const [program, ...args] = command;
  if (program === undefined || program === '') {
    return Promise.reject(unusable(l10n.t('The password command is empty.')));
  }
  if (command.some((text) => text.includes('\0'))) {
    return Promise.reject(unusable(l10n.t('The password command holds a NUL.')));
  }
  if (signal?.aborted) return Promise.reject(new CancelledError());
  const name = basename(program);
  return new Promise<string>((resolve, reject) => {
    const child = start(program, args, name);
    const stop = (error: Error): void => {
      reject(error);
      kill(child);
    };
    const late = setTimeout(() => stop(tooLate(name, timeoutMs)), timeoutMs);
    const cancel = (): void => stop(new CancelledError());
    signal?.addEventListener('abort', cancel, { once: true });
    const chunks: Buffer[] = [];
    let bytes = 0;
    child.stdout?.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > mostBytes) stop(failed(l10n.t('{0} prints too much for a password.', name)));
    });
    const finish = (): void => {
      clearTimeout(late);
      signal?.removeEventListener('abort', cancel);
      child.stdout?.destroy();
    };
    child.on('error', (error) => {
      finish();
      reject(notStarted(name, error));
    });
    const end = (code: number | null, by: NodeJS.Signals | null): void => {
      finish();
      if (code !== 0) return reject(failed(l10n.t('{0} ended with {1}.', name, code ?? by ?? '?')));
      const [line = ''] = Buffer.concat(chunks).toString('utf8').split(/\r?\n/, 1);
      if (line === '') return reject(failed(l10n.t('{0} printed no password on its first line.', name)));
      resolve(line);
    };
    child.on('close', end);
    // an agent that the program has started may hold its output open for ever
    child.on('exit', (code, by) => setTimeout(() => end(code, by), drainMs).unref());
  });
}

function start(program: string, args: readonly string[], name: string): ChildProcess {
  try {
    return spawn(program, args, {
      shell: false,
      // a process group of its own, so that what the program has started ends with it
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch (error) {
    throw notStarted(name, error);
  }
}

function kill(child: ChildProcess): void {
  try {
    if (child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // it has ended by itself
  }
  child.stdout?.destroy();
}

/** Node's error holds the arguments. */
function notStarted(name: string, error: unknown): OperatorError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '?';
  return unusable(l10n.t('{0} cannot be started: {1}', name, code));
}

function tooLate(name: string, timeoutMs: number): OperatorError {
  return new OperatorError(
    'timed-out',
    l10n.t('{0} was not done after {1} seconds.', name, Math.round(timeoutMs / 1000)),
    l10n.t('Run the password command in a terminal: it may wait for an answer that nobody gives it here.'),
  );
}

function failed(message: string): OperatorError {
  return new OperatorError(
    'command-failed',
    message,
    l10n.t(
      'Run the password command in a terminal and see what it prints; its first line must be the password.',
    ),
  );
}

function unusable(message: string): OperatorError {
  return new OperatorError(
    'bad-configuration',
    message,
    l10n.t('Write the password command as a list: the program, then each argument. No shell reads it.'),
  );
}
