import * as l10n from '@vscode/l10n';
import type { Verdict } from '../model/suspect';

const shown = 5;

/** Names in a sentence, the first few of them. */
export function listed(names: readonly string[]): string {
  const list = names.slice(0, shown).join(', ');
  return names.length > shown ? l10n.t('{0} and {1} more', list, names.length - shown) : list;
}

export function verdictWord(verdict: Verdict): string {
  switch (verdict) {
    case 'confirmed':
      return l10n.t('confirmed');
    case 'suspected':
      return l10n.t('suspected');
    case 'unknown':
      return l10n.t('unknown');
    case 'legitimate':
      return l10n.t('legitimate');
  }
}
