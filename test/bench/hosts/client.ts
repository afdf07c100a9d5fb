import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

export interface Used {
  /** of the client and of all that it started, not of sshd */
  readonly cpuSeconds: number;
  readonly seconds: number;
  readonly output: string;
}

export interface ClientCall {
  readonly command: readonly string[];
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** for what it says to its standard error */
  readonly errors: string;
}

/** Runs a client to its end, and tells what it and its children used: bash waits for it and adds their times up. */
export async function measured({ command, input = '', env = {}, errors }: ClientCall): Promise<Used> {
  const script = `TIMEFORMAT='%R %U %S'; time "$@" 2> "$errors"`;
  const child = spawn('bash', ['-c', script, 'bash', ...command], {
    env: { ...process.env, LC_ALL: 'C', ...env, errors },
  });
  child.stdin.on('error', () => undefined).end(input);
  const ended = new Promise((resolve) => child.on('close', resolve));
  const [output, times] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if ((await ended) !== 0)
    throw new Error(`${command.slice(3, 5).join(' ')}: ${readFileSync(errors, 'utf8').slice(-2000)}`);
  const [seconds = NaN, user = NaN, system = NaN] = times.trim().split(' ').map(Number);
  return { seconds, cpuSeconds: user + system, output };
}
