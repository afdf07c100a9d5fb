import * as l10n from '@vscode/l10n';
import type { Dossier } from '../../model/dossier';
import { isOlder } from '../ages';
import type { Signal, Trap } from '../declare';

/** A build or an attach makes things before the rows that explain them. */
export function tooYoung<S extends Signal>(
  timesOf: (signal: S, dossier: Dossier) => readonly (string | undefined)[],
): Trap<S> {
  return {
    id: 'too-young',
    when: () => ({
      legitimate: l10n.t('it was made, or changed, a short time ago'),
      suspected: l10n.t('its age is not known'),
    }),
    check(signal, dossier, scene) {
      const minutes = scene.thresholds.strayMinutes;
      const fresh = timesOf(signal, dossier).filter((time) => !isOlder(time, minutes, scene));
      if (fresh.length === 0) return undefined;
      return fresh.every((time) => Number.isNaN(Date.parse(time ?? '')))
        ? { verdict: 'suspected', text: l10n.t('how old it is, is not known') }
        : {
            verdict: 'legitimate',
            text: l10n.t('it is younger than {0} minutes: what it belongs to may be on its way', minutes),
          };
    },
    cleared: (_signal, _dossier, scene) =>
      l10n.t('it is older than {0} minutes', scene.thresholds.strayMinutes),
  };
}
