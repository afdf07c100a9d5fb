import * as l10n from '@vscode/l10n';
import type { Sighting } from '../../model/scene';
import { visible } from '../../model/text';
import type { Finding, Suspect } from '../../model/suspect';
import { verdictWord } from '../../zombies/words';
import { kindTitle } from '../kindTitle';

type SourceName = (id: string) => string;

/** Why an instance is suspected, as blocks of plain text: a heading, and what is below it indented. */
export function suspectText(suspect: Suspect, sourceName: SourceName): string[] {
  const { sighting, also } = suspect;
  return [
    ...block(l10n.t('Verdict'), [
      ...verdictLines(suspect),
      ...(sighting === undefined ? [] : [sightingWords(sighting)]),
    ]),
    ...findingText(suspect, sourceName),
    ...also.flatMap((finding) => [
      ...block(l10n.t('Also'), verdictLines(finding)),
      ...findingText(finding, sourceName),
    ]),
  ];
}

/** What bears out a finding, what speaks against it, and what is to be tried first. */
export function findingText(finding: Finding, sourceName: SourceName): string[] {
  const { missing, evidence, ladder, cleared } = finding;
  return [
    ...block(l10n.t('Speaks against it, or could not be read'), missing),
    ...block(
      l10n.t('Evidence'),
      evidence.map(({ source, text, at }) => l10n.t('{0} ({1}, {2})', text, sourceName(source), at)),
    ),
    ...block(
      l10n.t('First try'),
      ladder.flatMap(({ title, command }) => (command === undefined ? [title] : [title, `  ${command}`])),
    ),
    ...block(l10n.t('Checked, and not so'), cleared),
  ];
}

export function verdictLines({ verdict, kind, why, since }: Finding): string[] {
  return [
    l10n.t('{0}: {1}', verdictWord(verdict), kindTitle(kind)),
    why,
    ...(since === undefined ? [] : [l10n.t('since {0}', since)]),
  ];
}

/** Nothing where there is nothing to say. An editor folds what is indented below its heading. */
export function block(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', visible(heading), ...lines.map((line) => `  ${visible(line)}`)];
}

function sightingWords({ first, last, count }: Sighting): string {
  return count === 1
    ? l10n.t('seen for the first time at {0}', first)
    : l10n.t('seen in {0} looks, the first at {1}, the last at {2}', count, first, last);
}
