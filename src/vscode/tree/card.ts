import * as vscode from 'vscode';
import { kindTitle } from '../../app/kindTitle';
import type { LookUp } from '../../app/api';
import type { Finding, Suspect } from '../../model/suspect';
import { age, codeBlock, markdown, size } from '../format';
import { verdictWord } from '../words';
import { readAt } from './placeCard';

/** The evidence card of a suspect. Whatever a tenant wrote is shown as just that text. */
export function suspectCard(
  suspect: Suspect,
  sourceName: (id: string) => string,
  now: Date,
): vscode.MarkdownString {
  const facts = [verdictWord(suspect.verdict), kindTitle(suspect.kind)];
  if (suspect.since !== undefined) facts.push(age(suspect.since, now));
  if (suspect.bytes > 0) facts.push(size(suspect.bytes));
  const lines = [
    ...title(suspect.name, suspect.uuid),
    markdown(facts.join(' · ')),
    '',
    markdown(suspect.why),
    ...seen(suspect),
    ...list(vscode.l10n.t('Speaks against it, or could not be read'), suspect.missing),
    ...ladder(suspect),
    ...list(
      vscode.l10n.t('Evidence'),
      suspect.evidence.map(({ source, text }) => `${sourceName(source)}: ${text}`),
    ),
    ...list(vscode.l10n.t('Also'), suspect.also.map(also)),
    ...list(vscode.l10n.t('Checked:'), suspect.cleared),
  ];
  return new vscode.MarkdownString(lines.join('\n'));
}

/** Why an instance that was looked up is not suspected. */
export function lookUpCard(found: LookUp): vscode.MarkdownString {
  return new vscode.MarkdownString(
    [
      ...title(found.name, found.uuid),
      markdown(vscode.l10n.t('Not suspected')),
      ...list(vscode.l10n.t('Why'), found.reasons),
    ].join('\n'),
  );
}

function title(name: string, uuid: string): string[] {
  return name === '' ? [`**${markdown(uuid)}**`, ''] : [`**${markdown(name)}**`, '', markdown(uuid), ''];
}

/** Since when and how often it was seen: what rests on one source alone needs two looks. */
function seen({ sighting }: Suspect): string[] {
  if (sighting === undefined) return [];
  const { first, count } = sighting;
  const text =
    count === 1
      ? vscode.l10n.t('Seen for the first time {0}', readAt(first))
      : vscode.l10n.t('Seen in {0} looks, the first {1}', count, readAt(first));
  return ['', markdown(text)];
}

function also({ kind, verdict, why }: Finding): string {
  return `${kindTitle(kind)} (${verdictWord(verdict)}): ${why}`;
}

function list(heading: string, entries: readonly string[]): string[] {
  return entries.length === 0
    ? []
    : ['', `**${markdown(heading)}**`, '', ...entries.map((entry) => `- ${markdown(entry)}`)];
}

function ladder({ ladder: rungs }: Suspect): string[] {
  const lines = rungs.map(({ title: rung, command }) => {
    const text = `\n${markdown(rung)}\n`;
    return command === undefined ? text : text + codeBlock(command);
  });
  return rungs.length === 0 ? [] : ['', `**${markdown(vscode.l10n.t('First try'))}**`, ...lines];
}
