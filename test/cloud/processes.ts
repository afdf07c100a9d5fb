import { spawn } from 'node:child_process';
import { mkdirSync, openSync, closeSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Every process of a cloud carries this variable with the cloud's folder, so that a later run knows its own. */
const mark = 'OPENSTACK_ZOMBIES_CLOUD';

/** Servers get a machine's plain environment, not the one of whoever runs the tests. */
export const plainEnvironment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  LANG: 'C.UTF-8',
} as const;

export interface Command {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  /** How it is asked to end; unshare takes no SIGTERM. */
  readonly stop?: 'SIGTERM' | 'SIGKILL';
  /** What it needs in its environment beyond the plain one. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The environment variable by which a process is known as one of this folder's cloud. */
export function markOf(directory: string): Readonly<Record<string, string>> {
  return { [mark]: directory };
}

/** Starts a process of its own session, its output in `log/<name>.log`, its pid in `pid/<name>.pid`. */
export function startProcess(directory: string, command: Command): number {
  mkdirSync(join(directory, 'log'), { recursive: true });
  mkdirSync(join(directory, 'pid'), { recursive: true });
  const log = openSync(join(directory, 'log', `${command.name}.log`), 'a');
  const child = spawn(command.file, command.args, {
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...plainEnvironment, ...command.env, ...markOf(directory) },
  });
  closeSync(log);
  child.on('error', () => undefined);
  child.unref();
  if (child.pid === undefined) throw new Error(`${command.file} could not be started`);
  writeFileSync(join(directory, 'pid', `${command.name}.pid`), `${child.pid} ${command.stop ?? 'SIGTERM'}\n`);
  return child.pid;
}

/** Ends what `pid/` names, as far as it is still ours; returns when all of it is gone. */
export async function stopProcesses(
  directory: string,
  only?: readonly string[],
  how?: NodeJS.Signals,
): Promise<void> {
  const names = pidFiles(directory).filter((name) => only === undefined || only.includes(name));
  await Promise.all(
    names.map(async (name) => {
      const { pid, stop } = readPid(directory, name);
      if (pid > 1) await stopProcess(directory, pid, how ?? stop);
      rmSync(join(directory, 'pid', `${name}.pid`), { force: true });
    }),
  );
}

/** True while the pid runs and is a process that this folder's cloud started. */
export function isOurs(directory: string, pid: number): boolean {
  try {
    const environment = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
    return environment.includes(`${mark}=${directory}`) && !isDefunct(pid);
  } catch {
    return false;
  }
}

/** The pids of all processes on the machine that carry the mark of this folder. */
export function processesOf(directory: string): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => isOurs(directory, pid));
}

async function stopProcess(directory: string, pid: number, stop: NodeJS.Signals): Promise<void> {
  const patience = 15_000;
  for (let waited = 0; isOurs(directory, pid); waited += 50) {
    if (waited === 0) signal(pid, stop);
    if (waited === patience) signal(pid, 'SIGKILL');
    await sleep(50);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended between the look and the signal.
  }
}

function isDefunct(pid: number): boolean {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
}

function pidFiles(directory: string): string[] {
  try {
    return readdirSync(join(directory, 'pid'))
      .filter((file) => file.endsWith('.pid'))
      .map((file) => file.slice(0, -'.pid'.length));
  } catch {
    return [];
  }
}

function readPid(directory: string, name: string): { pid: number; stop: NodeJS.Signals } {
  const [pid, stop] = readFileSync(join(directory, 'pid', `${name}.pid`), 'latin1')
    .trim()
    .split(' ');
  return { pid: Number(pid), stop: stop === 'SIGKILL' ? 'SIGKILL' : 'SIGTERM' };
}
