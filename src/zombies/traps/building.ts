import * as l10n from '@vscode/l10n';
import { isOlder } from '../ages';
import type { Trap } from '../declaration';
import { isBeingDeleted } from '../rows';
import { listed } from '../words';
import type { RowSignal } from './liveRow';

export const buildingNow: Trap<RowSignal> = {
  id: 'building-now',
  when: () => ({ legitimate: l10n.t('the build request, or else the row, is young') }),
  check({ row }, dossier, scene) {
    const minutes = scene.thresholds.buildingMinutes;
    if (isBeingDeleted(row)) return undefined;
    if (isOlder(dossier.buildRequestedAt ?? row.createdAt, minutes, scene)) return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t('it was asked for less than {0} minutes ago, and may still be built', minutes),
    };
  },
  cleared: (_signal, _dossier, scene) =>
    l10n.t('it is not being built: that takes less than {0} minutes', scene.thresholds.buildingMinutes),
};

/** For rows without a host. */
export const machineExists: Trap<RowSignal> = {
  id: 'machine-exists',
  when: () => ({
    unknown: l10n.t('a domain or a directory of it is on a host'),
    suspected: l10n.t('the same, and it is being deleted'),
  }),
  check({ row }, dossier) {
    const places = [...new Set([...dossier.domains, ...dossier.directories].map(({ host }) => host))];
    if (places.length === 0) return undefined;
    return {
      verdict: isBeingDeleted(row) ? 'suspected' : 'unknown',
      text: l10n.t('the row names no host, but there is a domain or a directory on {0}', listed(places)),
    };
  },
  cleared: () => l10n.t('there is no domain and no directory of it on any host that was read'),
};
