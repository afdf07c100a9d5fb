import { spawn } from 'node:child_process';

/** Something the machine lacks or that went wrong outside the repository; the message says what to do. */
export class SetupError extends Error {}

/**
 * Runs a program to its end, quietly; on failure throws a SetupError with `why` and the end of the program's output.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ why: string, cwd?: string, env?: NodeJS.ProcessEnv }} options
 */
export async function run(command, args, { why, cwd, env }) {
  let output = '';
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const keep = (chunk) => (output = (output + String(chunk)).slice(-4000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const code = await new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (exit, signal) => resolve(exit ?? signal));
  });
  if (code !== 0) {
    throw new SetupError(`${why}\n  ${command} ${args.join(' ')} ended with ${code}:\n${indent(output)}`);
  }
}

/** One line of progress, so that a first start of some minutes is not silent. */
export function say(message) {
  process.stderr.write(`setup: ${message}\n`);
}

function indent(text) {
  return text.trim().replace(/^/gm, '    ');
}
