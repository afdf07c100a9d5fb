import * as l10n from '@vscode/l10n';
import type { SourceKind } from '../../model/source';
import type { Trap, Signal } from '../declaration';
import { indexOf } from '../sceneIndex';
import { listed } from '../words';

/** The databases and the hosts have traps of their own, which know which of them matter for an instance. */
const judgedElsewhere: ReadonlySet<SourceKind> = new Set(['api-database', 'cell', 'host']);

/** For a kind that leans on Placement or a service: its silence proves nothing. */
export function neededUnread(needs: readonly SourceKind[]): readonly Trap<Signal>[] {
  const services = needs.filter((need) => !judgedElsewhere.has(need));
  if (services.length === 0) return [];
  return [
    {
      id: 'service-unread',
      when: () => ({ unknown: l10n.t('{0} did not answer completely', listed(services)) }),
      check(_signal, _dossier, scene) {
        const { sources } = indexOf(scene);
        const unread = services.filter((service) => sources.get(service)?.complete !== true);
        if (unread.length === 0) return undefined;
        const named = unread.map((service) => {
          const message = sources.get(service)?.gap?.message;
          return message === undefined ? service : l10n.t('{0} ({1})', service, message);
        });
        return { verdict: 'unknown', text: l10n.t('could not be read: {0}', listed(named)) };
      },
      cleared: () => l10n.t('{0} answered completely', listed(services)),
    },
  ];
}
