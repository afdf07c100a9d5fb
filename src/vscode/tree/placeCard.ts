import * as vscode from 'vscode';
import { kindTitle } from '../../app/kindTitle';
import type { HostSummary, ScanReport } from '../../app/api';
import type { Suspect, Verdict } from '../../model/suspect';
import { isService, type Gap } from '../../model/source';
import { ago, directoryCount, domainCount, instanceCount, verdictWord } from '../words';
import { markdown } from '../format';

const verdicts: readonly Verdict[] = ['confirmed', 'suspected', 'unknown', 'legitimate'];

/** A tooltip of a title and lines; an empty line parts them. Whatever the texts hold, they are shown as just that. */
export function card(title: string, lines: readonly string[]): vscode.MarkdownString {
  const shown = lines.map((line) => (line === '' ? '' : `${markdown(line)}  `));
  return new vscode.MarkdownString([`**${markdown(title)}**`, '', ...shown].join('\n'));
}

/** `stuck deleting: 3 confirmed, 1 suspected`, a line for each kind. */
export function kindLines(suspects: readonly Suspect[]): string[] {
  const kinds = new Map<Suspect['kind'], Map<Verdict, number>>();
  for (const { kind, verdict } of suspects) {
    const counts = kinds.get(kind) ?? new Map<Verdict, number>();
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    kinds.set(kind, counts);
  }
  return [...kinds].map(([kind, counts]) => {
    const parts = verdicts.flatMap((verdict) => {
      const count = counts.get(verdict);
      return count === undefined ? [] : [`${String(count)} ${verdictWord(verdict)}`];
    });
    return vscode.l10n.t('{0}: {1}', kindTitle(kind), parts.join(', '));
  });
}

export function gapLines(gap: Gap | undefined): string[] {
  return gap ? ['', gap.message, gap.action] : [];
}

export function hostCard(
  host: string,
  summary: HostSummary | undefined,
  suspects: readonly Suspect[],
  sourceName: (id: string) => string,
): vscode.MarkdownString {
  return card(host, [...(summary ? summaryLines(summary, sourceName) : []), ...apart(kindLines(suspects))]);
}

function summaryLines(
  { address, cells, source, listed, domains, directories, expectedDomains, aheadMs = 0 }: HostSummary,
  sourceName: (id: string) => string,
): string[] {
  const names = cells.map((cell) => sourceName(`cell:${cell}`)).join(', ');
  return [
    ...(address === undefined ? [] : [vscode.l10n.t('Address: {0}', address)]),
    ...(names === '' ? [] : [vscode.l10n.t('Cell: {0}', names)]),
    ...(listed ? [] : [vscode.l10n.t('Nova does not list this host.')]),
    ...(source.complete
      ? [
          vscode.l10n.t(
            '{0} ({1} due), {2}',
            domainCount(domains),
            expectedDomains,
            directoryCount(directories),
          ),
        ]
      : []),
    ...clockLines(aheadMs),
    vscode.l10n.t('Read {0}', readAt(source.readAt)),
    ...gapLines(source.gap),
  ];
}

/** A difference that synchronized clocks do not have. */
function clockLines(aheadMs: number): string[] {
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (seconds <= 60) return [];
  return [
    aheadMs > 0
      ? vscode.l10n.t('Its clock is {0} s ahead: look at its time synchronization.', seconds)
      : vscode.l10n.t('Its clock is {0} s behind: look at its time synchronization.', seconds),
  ];
}

/** What of a cloud was read, and what was found. */
export function cloudLines({ instances, hosts, sources, suspects, finishedAt }: ScanReport): string[] {
  const cells = sources.filter(({ kind }) => kind === 'cell').map(({ name }) => name);
  const services = sources.filter(({ kind }) => isService(kind)).map(({ name }) => name);
  return [
    vscode.l10n.t('{0} in {1}, {2} hosts', instanceCount(instances), cells.join(', '), hosts.length),
    ...(services.length === 0 ? [] : [vscode.l10n.t('APIs: {0}', services.join(', '))]),
    vscode.l10n.t('Read {0}', readAt(finishedAt)),
    ...apart(kindLines(suspects.filter(({ verdict }) => verdict !== 'legitimate'))),
  ];
}

export function apart(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

export function readAt(time: string): string {
  return `${new Date(time).toLocaleString(vscode.env.language)}, ${ago(time, new Date())}`;
}
