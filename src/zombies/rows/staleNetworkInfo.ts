import * as l10n from '@vscode/l10n';
import type { Dossier } from '../../model/dossier';
import type { Port } from '../../model/facts';
import { cellSourceId } from '../../model/source';
import { declareKind } from '../declare';
import { changedAt, ofCompute } from '../neutron';
import { proof, seen } from '../proof';
import { stepsOnly } from '../stepsOnly';
import { hostOf, isBeingDeleted, liveRows } from '../rows';
import { indexOf } from '../sceneIndex';
import { commonTraps } from '../traps/common';
import { mendTraps } from '../traps/lives';
import type { RowSignal } from '../traps/liveRow';
import { tooYoung } from '../traps/young';
import { listed } from '../words';

interface NetworkSignal extends RowSignal {
  /** ports of Neutron that the cache lacks */
  readonly unknown: readonly Port[];
}

function cacheText({ ports }: Dossier): string {
  return ports.length === 0
    ? l10n.t('the cached network info has no port')
    : l10n.t('the cached network info has the ports {0}', listed(ports.map(({ id }) => id)));
}

/** Nova's cache of the network does not have the ports that Neutron has. */
export const staleNetworkInfo = declareKind<NetworkSignal>({
  id: 'stale-network-info',
  needs: ['api-database', 'cell', 'neutron'],
  signs: ['empty-network-info'],
  thresholds: ['strayMinutes'],
  about: () => ({
    signal: l10n.t(
      '`network_info` in `instance_info_caches` of a live row has other ports than Neutron has for the instance. An instance without a port in either has none on purpose.',
    ),
    causes: l10n.t('Neutron failed while Nova refreshed the cache, or the row was edited by hand.'),
    fixes: l10n.t(
      'A `heal_instance_info_cache_interval` above 0 reads it anew from Neutron (60 s in Zed; −1 since 2025.1, commit b3f8815720; nova/compute/manager.py, _heal_instance_info_cache). An attach or detach builds upon what the cache has, and leaves out what it lacks (nova/network/neutron.py, _gather_port_ids_and_networks). The JSON is never edited here.',
    ),
  }),
  traps: [
    ...commonTraps,
    ...mendTraps,
    tooYoung<NetworkSignal>({ times: ({ unknown }) => unknown.map(changedAt), ageless: 'suspected' }),
  ],
  signal(dossier, scene) {
    const [row] = liveRows(dossier);
    if (row === undefined) return l10n.t('there is no live row');
    if (isBeingDeleted(row)) return l10n.t('it is being deleted');
    // _heal_instance_info_cache leaves it alone, too
    if (row.vmState === 'building') return l10n.t('it is being built');
    const real = ofCompute(dossier);
    const cached = new Set(dossier.ports.map(({ id }) => id));
    const unknown = real.filter(({ id }) => !cached.has(id));
    const stale = dossier.ports.filter(({ id }) => !real.some((port) => port.id === id));
    // What Neutron does not list is missing only when Neutron was read.
    if (unknown.length === 0 && indexOf(scene).sources.get('neutron')?.complete !== true) {
      return l10n.t('Neutron was not read');
    }
    if (unknown.length === 0 && stale.length === 0) {
      return real.length === 0
        ? l10n.t('neither Neutron nor the cache has a port of it: it has no network on purpose')
        : l10n.t('the cached network info has the ports that Neutron has');
    }
    const host = hostOf(row);
    return {
      row,
      unknown,
      why: l10n.t(
        'its cached network info lacks {0} ports that Neutron has, and has {1} that Neutron does not give it',
        unknown.length,
        stale.length,
      ),
      evidence: [
        seen(cellSourceId(row.cell), cacheText(dossier), scene),
        seen('neutron', l10n.t('ports of it: {0}', listed(real.map(({ id }) => id))), scene),
        ...proof(dossier, scene),
      ],
      ...(host === undefined ? {} : { host }),
    };
  },
  ladder: ({ host }) => [
    {
      title: l10n.t(
        'set heal_instance_info_cache_interval above 0 on {0} for a while, and restart nova-compute there',
        host ?? '',
      ),
    },
  ],
  remedy: () => stepsOnly(),
});
