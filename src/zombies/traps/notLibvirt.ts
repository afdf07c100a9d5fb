import * as l10n from '@vscode/l10n';
import { isLibvirt } from '../../model/hypervisor';
import type { Trap } from '../declaration';
import { relatedHosts } from '../places';
import { listed } from '../words';
import type { RowSignal } from './liveRow';

/** For the kinds that take a machine to be gone, or not to be there yet. */
export const notLibvirt: Trap<RowSignal> = {
  id: 'not-libvirt',
  when: () => ({
    suspected: l10n.t('a host of it has no libvirt: whether the machine is gone cannot be seen'),
  }),
  check(_signal, dossier, scene) {
    const others = relatedHosts(dossier, scene).filter(
      (host) => !isLibvirt(scene.hosts.get(host)?.hypervisorType),
    );
    if (others.length === 0) return undefined;
    return {
      verdict: 'suspected',
      text: l10n.t('whether the machine is gone cannot be seen: no libvirt on {0}', listed(others)),
    };
  },
  cleared: () => l10n.t('its hosts run libvirt'),
};
