import * as l10n from '@vscode/l10n';
import type { Suspect } from '../../model/suspect';
import { visible } from '../../model/text';
import type { ZombieKind } from '../../zombies/declare';
import { verdictWord } from '../../zombies/words';
import { kindTitle } from '../kindTitle';
import { choiceText } from './choiceText';
import { findings } from './sightingRules';
import { block, findingText, verdictLines } from './suspectText';

/** What each kind that holds is about, what was found here, and what each choice would do. For people who decide. */
export function explainText(
  suspect: Suspect,
  kinds: readonly ZombieKind[],
  sourceName: (id: string) => string,
): string {
  const title = [visible(suspect.name), suspect.uuid].filter(Boolean).join(' ');
  const lines = findings(suspect).flatMap((finding) => {
    const kind = kinds.find(({ id }) => id === finding.kind);
    return [
      '',
      kindTitle(finding.kind).toUpperCase(),
      ...(kind ? aboutText(kind) : []),
      ...block(l10n.t('Here'), verdictLines(finding)),
      ...findingText(finding, sourceName),
      ...(kind ? trapText(kind) : []),
      ...choiceText(finding),
    ];
  });
  return `${[l10n.t('{0} explained', title), ...lines].join('\n')}\n`;
}

function aboutText(kind: ZombieKind): string[] {
  const { signal, causes, fixes } = kind.about();
  return [
    ...block(l10n.t('What it is'), [signal]),
    ...block(l10n.t('How it comes about'), [causes]),
    ...block(l10n.t('How it can be mended'), [fixes]),
  ];
}

/** All that would make a healthy instance look like this, whether it holds here or not. */
function trapText(kind: ZombieKind): string[] {
  const cases = kind.traps().flatMap(({ when }) =>
    (['legitimate', 'unknown', 'suspected', 'confirmed'] as const).flatMap((verdict) => {
      const text = when[verdict];
      return text === undefined ? [] : [l10n.t('{0} if {1}', verdictWord(verdict), text)];
    }),
  );
  return block(l10n.t('What the verdict would be'), cases);
}
