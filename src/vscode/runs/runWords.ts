import * as vscode from 'vscode';
import type { RunSummary } from '../../app/api';
import { directoryCount, instanceCount, rowCount } from '../words';

export function outcomeWord(outcome: RunSummary['outcome']): string {
  switch (outcome) {
    case 'done':
      return vscode.l10n.t('done');
    case 'stopped':
      return vscode.l10n.t('stopped');
    case 'running':
      return vscode.l10n.t('running');
    case 'interrupted':
      return vscode.l10n.t('interrupted');
    case 'left':
      return vscode.l10n.t('left as it is');
  }
}

const doneIcons = { cleanup: 'pass', restore: 'discard', purge: 'trash', history: 'clear-all' } as const;

/** The icons differ in shape too: colour alone says nothing. */
export function outcomeIcon({ outcome, purpose }: Pick<RunSummary, 'outcome' | 'purpose'>): vscode.ThemeIcon {
  const { ThemeColor, ThemeIcon } = vscode;
  switch (outcome) {
    case 'done':
      return new ThemeIcon(doneIcons[purpose], new ThemeColor('charts.green'));
    case 'stopped':
      return new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
    case 'running':
      return new ThemeIcon('sync~spin');
    case 'interrupted':
      return new ThemeIcon('error', new ThemeColor('list.errorForeground'));
    case 'left':
      return new ThemeIcon('circle-slash');
  }
}

/** What a run changed, and what of it was taken back. */
export function runCounts({ instances, rows, directories }: RunSummary): string[] {
  if (instances === 0) return [vscode.l10n.t('nothing changed')];
  return [
    instanceCount(instances),
    ...(rows === undefined ? [] : [rowCount(rows)]),
    ...(directories === 0 ? [] : [directoryCount(directories)]),
  ];
}

/** Empty for a run that is done and stands. */
export function runState({ outcome, machine, instances, restored }: RunSummary): string[] {
  return [
    ...(outcome === 'done' ? [] : [outcomeWord(outcome)]),
    ...(machine === undefined ? [] : [vscode.l10n.t('was on {0}', machine)]),
    ...(restored > 0 && restored === instances ? [vscode.l10n.t('restored already')] : []),
    ...(restored > 0 && restored < instances
      ? [vscode.l10n.t('restored in part: {0} of {1}', restored, instances)]
      : []),
  ];
}

/** Of a cleanup, which is the usual run, nothing is said. */
export function purposeWord({ purpose }: RunSummary): string[] {
  switch (purpose) {
    case 'cleanup':
      return [];
    case 'restore':
      return [vscode.l10n.t('restore')];
    case 'purge':
      return [vscode.l10n.t('purge')];
    case 'history':
      return [vscode.l10n.t('history')];
  }
}

export function runTitle({ purpose }: Pick<RunSummary, 'purpose'>, cloud: string): string {
  switch (purpose) {
    case 'restore':
      return vscode.l10n.t('Restore on {0}', cloud);
    case 'purge':
      return vscode.l10n.t('Purge of the quarantine on {0}', cloud);
    case 'history':
      return vscode.l10n.t('History deleted on {0}', cloud);
    case 'cleanup':
      return vscode.l10n.t('Run on {0}', cloud);
  }
}
