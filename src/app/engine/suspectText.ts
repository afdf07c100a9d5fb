import * as l10n from '@vscode/l10n';
import { visible } from '../../model/text';
import type { Suspect } from '../../model/suspect';
import { verdictWord } from '../../zombies/words';
import { kindTitle } from '../kindTitle';

/** Why an instance is suspected, as blocks of plain text: a heading, and what is below it indented. */
export function suspectText(suspect: Suspect, sourceName: (id: string) => string): string[] {
  const { verdict, kind, why, missing, evidence, ladder, also, cleared, since } = suspect;
  return [
    ...block(l10n.t('Verdict'), [
      l10n.t('{0}: {1}', verdictWord(verdict), kindTitle(kind)),
      why,
      ...(since === undefined ? [] : [l10n.t('since {0}', since)]),
    ]),
    ...block(l10n.t('Speaks against it, or could not be read'), missing),
    ...block(
      l10n.t('Evidence'),
      evidence.map(({ source, text, at }) => l10n.t('{0} ({1}, {2})', text, sourceName(source), at)),
    ),
    ...block(
      l10n.t('First try'),
      ladder.flatMap(({ title, command }) => (command === undefined ? [title] : [title, `  ${command}`])),
    ),
    ...block(
      l10n.t('Also'),
      also.map((finding) => l10n.t('{0}: {1}', kindTitle(finding.kind), finding.why)),
    ),
    ...block(l10n.t('Checked, and not so'), cleared),
  ];
}

/** Nothing where there is nothing to say. An editor folds what is indented below its heading. */
export function block(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', visible(heading), ...lines.map((line) => `  ${visible(line)}`)];
}
