import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { markOf, plainEnvironment } from '../cloud/processes';
import { run, type Outcome } from '../cloud/run';
import { endOfLog } from './servers/server';

/** Debian's programs run without the caller's environment: another python first in PATH breaks them. */
export function runPlainly(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const variables = Object.entries({ ...plainEnvironment, ...env }).map(
    ([name, value]) => `${name}=${value}`,
  );
  return run('/usr/bin/env', ['-i', ...variables, file, ...args]);
}

/** Runs a step of the setup and keeps what it said as the log `name`; throws with its end when it fails. */
export async function step(
  directory: string,
  name: string,
  file: string,
  args: readonly string[],
): Promise<string> {
  const outcome = await runPlainly(file, args, markOf(directory));
  mkdirSync(join(directory, 'log'), { recursive: true });
  const log = join(directory, 'log', `${name}.log`);
  appendFileSync(log, `$ ${file} ${args.join(' ')}\n${outcome.stdout}${outcome.stderr}`, { mode: 0o600 });
  if (outcome.code === 0) return outcome.stdout;
  throw new Error(`${file} ended with ${outcome.code}.\n${endOfLog(directory, name)}`);
}
