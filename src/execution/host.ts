import * as l10n from '@vscode/l10n';
import { runAtNova, type PlacedOptions, type PlaceSettings } from '../cloud/compute/runAtNova';
import { NotBegunError, type Shell, type ShellResult } from '../cloud/ssh/shell';
import { OperatorError } from '../model/errors';
import { visible } from '../model/text';
import type { RunContext } from './context';
import { RefusalError, refusalOf } from './refusals';

/** For scripts that look, rename and stop; removing files takes longer, see `PlacedOptions`. */
const defaultTimeoutMs = 2 * 60_000;

/** More than any of these scripts has to say. */
const maxBytes = 4 * 1024 * 1024;

export interface HostOptions extends Omit<PlacedOptions, 'onOutput'> {
  /** hears how many bytes are removed, of how many */
  readonly onBytes?: (gone: number, all: number) => void;
}

/** Nobody knows how far a script came. */
export class AnswerLostError extends OperatorError {}

/**
 * Runs a script of this room on a host, and gives what it printed after `ok`. Before the arguments come instances path
 * and libvirt URI, after them the names that virsh may call the host by. Rejects with the reason when the script refused,
 * and with an AnswerLostError when it began and did not end.
 */
export async function onHost(
  context: RunContext,
  host: string,
  script: string,
  args: readonly string[],
  { onBytes, ...options }: HostOptions = {},
): Promise<string> {
  const address = context.address(host);
  if (address === undefined) {
    throw new OperatorError(
      'not-found',
      l10n.t('No address is known for the host {0}.', host),
      l10n.t('Add the host with its address to the cloud in the settings.'),
    );
  }
  const names = context.hypervisorNames(host);
  const shell = await context.access.openShell({ host, address }, options.signal);
  try {
    return await run(shell, context.access.configuration, script, [...args, ...names], {
      timeoutMs: defaultTimeoutMs,
      asRoot: true,
      maxBytes,
      ...(onBytes ? { onOutput: progressOf(onBytes) } : {}),
      ...options,
      ...(context.hostPatienceMs === undefined ? {} : { timeoutMs: context.hostPatienceMs }),
    });
  } finally {
    shell.close();
  }
}

async function run(
  shell: Shell,
  settings: PlaceSettings,
  script: string,
  args: readonly string[],
  options: PlacedOptions,
): Promise<string> {
  let result: ShellResult;
  try {
    result = await runAtNova(shell, settings, script, args, options);
  } catch (error) {
    if (error instanceof NotBegunError) throw error;
    throw OperatorError.is(error) ? lost(shell.host, error.message, error) : error;
  }
  const [, word, rest = ''] = /^(?:at \d+ \d+\n)*(ok|refused) ([^]*)\n$/.exec(result.stdout) ?? [];
  if (result.code === 0 && word === 'ok') {
    return rest;
  }
  if (result.code === 0 && word === 'refused') {
    const [reason = '', ...detail] = rest.split(' ');
    throw refusalOf(shell.host, reason, detail.join(' ').trim());
  }
  throw lost(shell.host, `${result.code}: ${(result.stderr || result.stdout).trim().slice(0, 500)}`);
}

/** The numbers of an answer, all of them whole. Rejects what the scripts do not print. */
export function numbersOf(host: string, answer: string, count: number): number[] {
  const words = answer.split(' ');
  if (words.length !== count || !words.every((word) => /^\d{1,15}$/.test(word))) {
    throw lost(host, answer.slice(0, 500));
  }
  return words.map(Number);
}

/** Takes `at <gone> <all>` out of what a script prints on the way. Of many at once the last is told. */
function progressOf(onBytes: (gone: number, all: number) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    const lines = `${rest}${text}`.split('\n');
    rest = (lines.pop() ?? '').slice(-100);
    const last = lines.findLast((line) => /^at \d{1,15} \d{1,15}$/.test(line));
    if (last !== undefined) onBytes(Number(last.split(' ')[1]), Number(last.split(' ')[2]));
  };
}

/** True when the script itself says that nothing is changed, or when it was never run. */
export function isUntouched(error: unknown): boolean {
  return !(error instanceof AnswerLostError) && !(error instanceof RefusalError && error.isPartlyDone);
}

function lost(host: string, said: string, cause?: unknown): AnswerLostError {
  return new AnswerLostError(
    'command-failed',
    l10n.t('A script on {0} began, and its end is not known: {1}', host, visible(said)),
    l10n.t('Log in to the host and see how far it came. It needs sh, find, awk, stat and virsh.'),
    { cause },
  );
}
