import { readFile, readlink } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import type { Runner } from '../model/runner';

/** `elsewhere`: on another machine or in another container, where nothing can be asked from here. */
export type Whereabouts = 'running' | 'gone' | 'elsewhere';

/** What is told of processes here. */
export interface System {
  readonly host: string;
  readonly boot: string | undefined;
  readonly space: string | undefined;
  /** when it booted */
  readonly bootedAt: Date;
  /** undefined: there is no such process; empty: there is one, and the system does not say since when */
  readonly started: (pid: number) => Promise<string | undefined>;
}

/** This process. */
export async function thisRunner(): Promise<Runner> {
  const { host, boot, space, started } = await thisSystem();
  const since = await started(process.pid);
  return {
    host,
    pid: process.pid,
    ...(boot === undefined ? {} : { boot }),
    ...(space === undefined ? {} : { space }),
    ...(since === undefined || since === '' ? {} : { started: since }),
  };
}

/** Whether the process that ran something, begun at `begunAt`, still lives. A pid that was used again is another process. */
export async function whereabouts(
  runner: Runner | undefined,
  begunAt: string,
  system?: System,
): Promise<Whereabouts> {
  const { host, boot, space, bootedAt, started } = system ?? (await thisSystem());
  if (runner?.host !== host) return 'elsewhere';
  if (runner.boot === undefined ? new Date(begunAt) < bootedAt : runner.boot !== boot) return 'gone';
  if (runner.space !== space) return 'elsewhere';
  const since = await started(runner.pid);
  if (since === undefined) return 'gone';
  return runner.started === undefined || since === '' || since === runner.started ? 'running' : 'gone';
}

async function thisSystem(): Promise<System> {
  const read = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);
  return {
    host: hostname(),
    boot: (await read('/proc/sys/kernel/random/boot_id'))?.trim(),
    space: await readlink('/proc/self/ns/pid').catch(() => undefined),
    bootedAt: new Date(Date.now() - uptime() * 1000),
    started: async (pid) => {
      if (!isThere(pid)) return undefined;
      // proc(5): the name in parentheses may hold anything; the start is the 20th field behind it
      return (await read(`/proc/${String(pid)}/stat`))?.split(') ').at(-1)?.split(' ')[19] ?? '';
    },
  };
}

/** Signal 0 only asks. Who may not ask is told that there is one. */
function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
