import * as vscode from 'vscode';
import type { PlanHeader } from '../../model/plan';
import { size } from '../format';
import type { DirectorySum, PlanSummary } from '../plan/summary';
import { wayBackOf } from '../plan/wayBack';
import { domainCount, instanceCount, rowCount } from '../words';

/** The question before a run of such a plan. */
export function runQuestion(purpose: PlanHeader['purpose'], cloud: string): string {
  switch (purpose) {
    case 'restore':
      return vscode.l10n.t('Run the restore plan on {0}?', cloud);
    case 'purge':
      return vscode.l10n.t('Delete for good what is in quarantine on {0}?', cloud);
    case 'history':
      return vscode.l10n.t('Delete soft-deleted history on {0}?', cloud);
    case 'cleanup':
      return vscode.l10n.t('Run the cleanup plan on {0}?', cloud);
  }
}

/** What a run will do, line by line, for the question before it. */
export function runDetails(summary: PlanSummary, refused: number, purpose: PlanHeader['purpose']): string[] {
  const { sections, rows, directories, domains } = summary;
  return [
    instanceCount(sections),
    ...(refused > 0
      ? [
          vscode.l10n.t(
            'Left out, because a line with @confirm or @manual asks for something first: {0}',
            refused,
          ),
        ]
      : []),
    ...[...rows].map(([schema, count]) => vscode.l10n.t('{0} in {1}', rowCount(count), schema)),
    ...directories.map(directoryLine),
    ...hostsOf(domains).map(([host, count]) =>
      vscode.l10n.t('{0} to be stopped and undefined on {1}', domainCount(count), host),
    ),
    '',
    ...wayBackOf(summary, purpose),
  ];
}

function directoryLine({ host, then, count, bytes }: DirectorySum): string {
  switch (then) {
    case 'quarantine':
      return vscode.l10n.t('Directories to quarantine on {0}: {1} ({2})', host, count, size(bytes));
    case 'delete':
      return vscode.l10n.t('Directories to DELETE on {0}: {1} ({2})', host, count, size(bytes));
    case 'purge':
      return vscode.l10n.t('Quarantined directories to DELETE on {0}: {1} ({2})', host, count, size(bytes));
    case 'restore':
      return vscode.l10n.t('Directories to bring back on {0}: {1} ({2})', host, count, size(bytes));
  }
}

function hostsOf(domains: PlanSummary['domains']): [string, number][] {
  const hosts = new Map<string, number>();
  for (const { host } of domains) hosts.set(host, (hosts.get(host) ?? 0) + 1);
  return [...hosts];
}
