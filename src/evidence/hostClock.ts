import * as l10n from '@vscode/l10n';
import { OperatorError } from '../model/errors';
import type { Answer } from './hostAnswers';

/** When a host was asked and had answered, by our clock: its own time is one of between. */
export interface Between {
  readonly asked: Date;
  readonly answered: Date;
}

/**
 * Milliseconds by which the host's clock is ahead of ours, negative when it is behind, in whole seconds: no more than
 * is certain. Of clocks that agree it is 0, so that the times of files are the same from scan to scan.
 */
export function hostAhead(host: string, { output, code, errors }: Answer, between: Between): number {
  const seconds = output.trim();
  if (code !== 0 || !/^\d+$/.test(seconds)) {
    throw new OperatorError(
      'command-failed',
      l10n.t('The clock of {0} could not be read: {1}', host, errors || seconds),
      l10n.t('Log in and check what "date +%s" prints there.'),
    );
  }
  const time = Number(seconds) * 1000;
  const ahead = time - between.answered.getTime();
  const behind = between.asked.getTime() - (time + 999);
  const whole = Math.floor(Math.max(ahead, behind, 0) / 1000) * 1000;
  return behind > ahead ? -whole || 0 : whole;
}
