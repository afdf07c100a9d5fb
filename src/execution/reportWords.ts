import * as l10n from '@vscode/l10n';
import type { RunReport, StepOutcome, StepReport } from '../model/report';
import { visible } from '../model/text';

export function outcomeWord(outcome: StepOutcome, mode: RunReport['mode']): string {
  switch (outcome) {
    case 'done':
      return l10n.t('done');
    case 'rolled-back':
      return mode === 'dry-run' ? l10n.t('would be done') : l10n.t('rolled back');
    case 'refused':
      return l10n.t('refused');
    case 'failed':
      return l10n.t('failed');
    case 'skipped':
      return l10n.t('left out');
    case 'unknown':
      return l10n.t('unknown');
  }
}

/** Text as one line in which Markdown has nothing to act on. */
export function plain(text: string): string {
  return visible(text).replace(/[\\`*_{}[\]<>()#!|&~]/g, '\\$&');
}

/** A line of a table, from texts as they are. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map(plain).join(' | ')} |`;
}

/** What was changed in one look: no statement is longer than its table, no path than its last name. */
export function shortStep({ what }: StepReport, uuid: string): string {
  const [, verb, table] = /^(DELETE FROM|UPDATE|INSERT INTO) (\S+)/.exec(what) ?? [];
  if (verb !== undefined && table !== undefined) return `${verb} ${table.replace(/.*\./, '')}`;
  const [, read] = /^SELECT .*? FROM (\S+)/.exec(what) ?? [];
  if (read !== undefined) return `SELECT FROM ${read.replace(/.*\./, '')}`;
  const short = what.replace(/(?:\/[^\s/:]+)+\/(?=[^\s/:]+)/g, '').replaceAll(uuid, uuid.slice(0, 8));
  return short.length > 200 ? `${short.slice(0, 199)}…` : short;
}
