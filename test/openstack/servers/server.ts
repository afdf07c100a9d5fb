import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isOurs, startProcess, stopProcesses, type Command } from '../../cloud/processes';

/** A server process of one OpenStack, started and stopped by name. */
export interface Server {
  readonly name: string;
  /** Starts the process, unless it runs. */
  start(): void;
  /** Returns as soon as `ready` says so; throws, with the end of the log, when the process ends or takes too long. */
  ready(): Promise<void>;
  stop(): Promise<void>;
  /** SIGSTOP: it hangs, and answers nothing more. */
  freeze(): void;
  /** SIGKILL, as a power loss: nobody is told. */
  kill(): Promise<void>;
}

export interface ServerOptions extends Command {
  readonly ready: () => Promise<boolean>;
  readonly seconds?: number;
}

export function serverIn(directory: string, options: ServerOptions): Server {
  const { name, ready, seconds = 180 } = options;
  let pid = 0;
  const runs = (): boolean => pid > 1 && isOurs(directory, pid);
  const stop = (): Promise<void> => stopProcesses(directory, [name]);
  return {
    name,
    start: () => {
      if (!runs()) pid = startProcess(directory, options);
    },
    ready: async () => {
      const end = Date.now() + seconds * 1000;
      while (!(await ready())) {
        if (!runs()) throw new Error(`${name} ended while it started.\n${endOfLog(directory, name)}`);
        if (Date.now() > end) {
          throw new Error(`${name} does not answer after ${seconds} s.\n${endOfLog(directory, name)}`);
        }
        await sleep(200);
      }
    },
    stop,
    freeze: () => {
      process.kill(-pid, 'SIGSTOP');
    },
    kill: async () => {
      // with its workers: every server leads a group of its own
      if (runs()) process.kill(-pid, 'SIGKILL');
      await stop();
    },
  };
}

/** The last lines that a server or a command wrote, with the name of the whole file. */
export function endOfLog(directory: string, name: string, lines = 25): string {
  const file = join(directory, 'log', `${name}.log`);
  const text = existsSync(file) ? readFileSync(file, 'utf8').trimEnd() : '';
  return [`The end of ${file}:`, ...text.split('\n').slice(-lines)].join('\n    ');
}

/** True when anything answers HTTP there, with any status but that of a server whose application is missing. */
export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5000) });
    await response.arrayBuffer();
    return response.status < 500;
  } catch {
    return false;
  }
}
