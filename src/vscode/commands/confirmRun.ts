import * as vscode from 'vscode';
import type { CloudConfiguration } from '../../app/configurations';
import { OperatorError } from '../../model/errors';
import type { Section } from '../../model/plan';
import { confirm, input } from '../ask';
import { size } from '../format';
import type { Parts } from '../parts';
import {
  chosen,
  directoryEdits,
  isReady,
  summarize,
  type DirectorySum,
  type PlanSummary,
} from '../plan/summary';
import { cloudTitle, domainCount, instanceCount, rowCount } from '../words';
import { replace } from './planDocument';

/**
 * Asks before a run, with what it will do, and returns the text to run: what the operator confirmed, to the letter.
 * Quarantine in place of deletion, or the other way, is written into the plan first and then asked again.
 */
export async function confirmRun(
  parts: Parts,
  document: vscode.TextDocument,
  cloud: CloudConfiguration,
  uuids: readonly string[] | undefined,
): Promise<string> {
  const text = document.getText();
  const plan = parts.plans.read(document);
  const all = chosen(plan, uuids);
  const sections = all.filter(isReady);
  if (sections.length === 0) {
    throw new OperatorError(
      'plan-refused',
      vscode.l10n.t('Nothing in the plan is ready to run.'),
      vscode.l10n.t('Do what the lines with @confirm and @manual ask for, or draft the plan again.'),
    );
  }
  const summary = summarize(sections);
  const question =
    plan.header?.purpose === 'restore'
      ? vscode.l10n.t('Run the restore plan on {0}?', cloudTitle(cloud))
      : vscode.l10n.t('Run the cleanup plan on {0}?', cloudTitle(cloud));
  const buttons = buttonsFor(text, sections);
  const pressed = await confirm(question, details(summary, all.length - sections.length).join('\n'), [
    runButton(),
    ...buttons.keys(),
  ]);
  const then = buttons.get(pressed);
  if (then !== undefined) {
    await replace(document, directoryEdits(text, sections, then));
    return confirmRun(parts, document, cloud, uuids);
  }
  if (summary.rowsOnly && summary.sections > cloud.maxInstances) {
    await typeNumber(summary);
  }
  if (document.getText() !== text) {
    throw new OperatorError(
      'plan-refused',
      vscode.l10n.t('The plan was changed while it was being confirmed.'),
      vscode.l10n.t('Run it again.'),
    );
  }
  return text;
}

function runButton(): string {
  return vscode.l10n.t('Run');
}

function buttonsFor(text: string, sections: readonly Section[]): Map<string, 'quarantine' | 'delete'> {
  const buttons = new Map<string, 'quarantine' | 'delete'>();
  if (directoryEdits(text, sections, 'quarantine').length > 0) {
    buttons.set(vscode.l10n.t('Quarantine Directories Instead'), 'quarantine');
  }
  if (directoryEdits(text, sections, 'delete').length > 0) {
    buttons.set(vscode.l10n.t('Delete Directories Instead'), 'delete');
  }
  return buttons;
}

function details({ sections, rows, directories, domains, requests }: PlanSummary, refused: number): string[] {
  const running = domains.filter((domain) => domain.running);
  const deleted = directories.filter(({ then }) => then === 'delete');
  const irreversible = [
    ...(running.length > 0 ? [vscode.l10n.t('memory of running domains: {0}', running.length)] : []),
    ...(deleted.length > 0 ? [vscode.l10n.t('deleted directories: {0}', total(deleted))] : []),
    ...(requests > 0 ? [vscode.l10n.t('requests to the OpenStack APIs: {0}', requests)] : []),
  ];
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
    irreversible.length === 0
      ? vscode.l10n.t('Everything can be undone with the restore script of the run.')
      : vscode.l10n.t('Irreversible: {0}', irreversible.join('; ')),
  ];
}

function directoryLine({ host, then, count, bytes }: DirectorySum): string {
  switch (then) {
    case 'quarantine':
      return vscode.l10n.t('Directories to quarantine on {0}: {1} ({2})', host, count, size(bytes));
    case 'delete':
      return vscode.l10n.t('Directories to DELETE on {0}: {1} ({2})', host, count, size(bytes));
    case 'restore':
      return vscode.l10n.t('Directories to bring back on {0}: {1} ({2})', host, count, size(bytes));
  }
}

function total(sums: readonly DirectorySum[]): number {
  return sums.reduce((sum, { count }) => sum + count, 0);
}

function hostsOf(domains: PlanSummary['domains']): [string, number][] {
  const hosts = new Map<string, number>();
  for (const { host } of domains) hosts.set(host, (hosts.get(host) ?? 0) + 1);
  return [...hosts];
}

/** Bulk work on rows alone is no matter of counting instances: its size is typed. */
async function typeNumber({ rows }: PlanSummary): Promise<void> {
  const number = String([...rows.values()].reduce((sum, count) => sum + count, 0));
  await input({
    prompt: vscode.l10n.t('Type {0}, the number of rows that are changed', number),
    validateInput: (text) =>
      text === number ? undefined : vscode.l10n.t('Type {0} to run the plan.', number),
  });
}
