import * as l10n from '@vscode/l10n';
import type { KindId } from '../model/suspect';

/** Apart from the kinds, so that a tree can name them before any is loaded. */
const titles: Readonly<Record<KindId, () => string>> = {
  'stuck-deleting': () => l10n.t('stuck deleting'),
  'domain-without-instance': () => l10n.t('domain without an instance'),
  'domain-gone': () => l10n.t('domain gone'),
  'instance-without-host': () => l10n.t('instance without a host'),
  'leftover-directory': () => l10n.t('leftover directory'),
  'rows-without-parent': () => l10n.t('rows without a parent'),
};

/** A kind's name for people. */
export function kindTitle(id: KindId): string {
  return titles[id]();
}
