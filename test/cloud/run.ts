import { spawn } from 'node:child_process';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end with an optional standard input; a non-zero code is an answer, not an error. */
export function run(file: string, args: readonly string[], input = ''): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({
        code: code ?? 128,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
      });
    });
    // A program may end without having read its input.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** As `run`, and throws with what the program said when it fails. */
export async function must(file: string, args: readonly string[], input = ''): Promise<string> {
  const outcome = await run(file, args, input);
  if (outcome.code !== 0) {
    throw new Error(
      `${file} ${args.join(' ')} ended with ${outcome.code}: ${outcome.stderr || outcome.stdout}`,
    );
  }
  return outcome.stdout;
}
