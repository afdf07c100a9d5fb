import * as l10n from '@vscode/l10n';
import type { Dossier } from '../../model/dossier';
import type { Thresholds } from '../../model/scene';
import { isOlder } from '../ages';
import type { Signal, Trap } from '../declare';

/**
 * What Nova is at work on looks the same for a while.
 *
 * @param since when the last thing happened that may still be under way
 */
export function stillYoung(
  threshold: keyof Thresholds,
  since: (dossier: Dossier) => string | null | undefined,
): Trap<Signal> {
  return {
    id: 'still-young',
    when: () => ({
      legitimate: l10n.t('younger than `{0}`: it may be under way', threshold),
      unknown: l10n.t('how old it is cannot be told'),
    }),
    check(_signal, dossier, scene) {
      const time = since(dossier) ?? '';
      const minutes = scene.thresholds[threshold];
      if (isOlder(time, minutes, scene)) return undefined;
      return Number.isNaN(Date.parse(time))
        ? { verdict: 'unknown', text: l10n.t('how old it is cannot be told: there is no time of it') }
        : {
            verdict: 'legitimate',
            text: l10n.t('it changed at {0}, less than {1} minutes ago: it may be under way', time, minutes),
          };
    },
    cleared: (_signal, _dossier, scene) =>
      l10n.t('nothing about it changed for {0} minutes', scene.thresholds[threshold]),
  };
}
