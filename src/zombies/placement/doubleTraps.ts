import * as l10n from '@vscode/l10n';
import type { Dossier } from '../../model/dossier';
import type { Allocation } from '../../model/facts';
import type { Scene } from '../../model/scene';
import { isLibvirt } from '../../model/hypervisor';
import type { Trap } from '../declaration';
import { hostNamed } from '../places';
import type { RowSignal } from '../traps/liveRow';
import { listed } from '../words';

export interface DoubleSignal extends RowSignal {
  /** the host that the row names */
  readonly home: string;
  /** allocations on other hosts */
  readonly strays: readonly Allocation[];
}

function strayHosts({ strays }: DoubleSignal, dossier: Dossier, scene: Scene): readonly string[] {
  return [...new Set(strays.map(({ provider }) => hostNamed(provider, dossier, scene)))];
}

/** `done` becomes `completed` when the source removes its part: nova/compute/manager.py, _destroy_evacuated_instances. */
const evacuated: Trap<DoubleSignal> = {
  id: 'evacuated',
  when: () => ({
    legitimate: l10n.t('an evacuation from that host is `done`: its nova-compute has not started since'),
  }),
  check(signal, dossier, scene) {
    const hosts = strayHosts(signal, dossier, scene);
    const evacuation = dossier.migrations.find(
      ({ type, status, sourceCompute }) =>
        type === 'evacuation' && status === 'done' && sourceCompute !== null && hosts.includes(sourceCompute),
    );
    if (evacuation === undefined) return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t(
        'it was evacuated from {0}: nova-compute there removes its part when it starts',
        evacuation.sourceCompute ?? 'NULL',
      ),
    };
  },
  cleared: () => l10n.t('no evacuation from there waits for its nova-compute'),
};

const homeUnheld: Trap<DoubleSignal> = {
  id: 'home-unheld',
  when: () => ({ unknown: l10n.t('none of the allocations, or all, are on the host that the row names') }),
  check({ home, strays }, { allocations }) {
    if (strays.length > 0 && strays.length < allocations.length) return undefined;
    return {
      verdict: 'unknown',
      text:
        strays.length === 0
          ? l10n.t('all of them are on nodes of {0}: which one it uses is not known', home)
          : l10n.t('none of them is on {0}, where the row has it', home),
    };
  },
  cleared: ({ home }) => l10n.t('Placement has it on {0} too, where the row has it', home),
};

const domainUnseen: Trap<DoubleSignal> = {
  id: 'domain-unseen',
  when: () => ({ unknown: l10n.t('its domain was not seen on the host that the row names') }),
  check({ home }, { domains }) {
    if (domains.some(({ host }) => host === home)) return undefined;
    return { verdict: 'unknown', text: l10n.t('its domain was not seen on {0}', home) };
  },
  cleared: ({ home }) => l10n.t('its domain was seen on {0}', home),
};

const strayInUse: Trap<DoubleSignal> = {
  id: 'stray-in-use',
  when: () => ({
    unknown: l10n.t('a domain of it is on the other host too, or that host has no libvirt to ask'),
  }),
  check(signal, dossier, scene) {
    const inUse = strayHosts(signal, dossier, scene).filter(
      (host) =>
        dossier.domains.some((domain) => domain.host === host) ||
        !isLibvirt(scene.hosts.get(host)?.hypervisorType),
    );
    if (inUse.length === 0) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t('it may be on {0} all the same: a domain of it is there, or no libvirt', listed(inUse)),
    };
  },
  cleared: (signal, dossier, scene) =>
    l10n.t('no domain of it is on {0}', listed(strayHosts(signal, dossier, scene))),
};

/** What explains a second allocation, and what must be seen before one of two is let go. */
export const doubleTraps: readonly Trap<DoubleSignal>[] = [evacuated, homeUnheld, domainUnseen, strayInUse];
