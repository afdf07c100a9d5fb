import * as l10n from '@vscode/l10n';
import type { Keep } from '../model/scene';
import type { Verdict } from '../model/suspect';

const shown = 5;

/** Names in a sentence, the first few of them. */
export function listed(names: readonly string[]): string {
  const list = names.slice(0, shown).join(', ');
  return names.length > shown ? l10n.t('{0} and {1} more', list, names.length - shown) : list;
}

/** Who said that it is not to be touched, and why. */
export function keepWords({ author, reason, expires }: Keep): string {
  return expires === undefined
    ? l10n.t('{0} marked it to be kept: {1}', author, reason)
    : l10n.t('{0} marked it to be kept until {1}: {2}', author, expires, reason);
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
