import * as l10n from '@vscode/l10n';
import type { Dossier } from '../../model/dossier';
import type { Port } from '../../model/facts';
import type { Scene } from '../../model/scene';
import type { ManualStep } from '../../model/suspect';
import { isUuid } from '../../model/uuid';
import { declareKind } from '../declare';
import { type Trap, type Signal } from '../declaration';
import { whyNotGone } from '../gone';
import { changedAt, ofCompute } from '../neutron';
import { proof, seen } from '../proof';
import { stepsOnly } from '../stepsOnly';
import { indexOf } from '../sceneIndex';
import { commonTraps } from '../traps/common';
import { goneTraps } from '../traps/gone';
import { novaHasIt, novaSilent } from '../traps/novaHasIt';
import { tooYoung } from '../traps/young';
import { wishForGone } from '../wish';
import { listed } from '../words';

interface PortSignal extends Signal {
  readonly ports: readonly Port[];
}

const strangeHost: Trap<PortSignal> = {
  id: 'strange-host',
  when: () => ({
    unknown: l10n.t('a port is bound to a host that this Nova does not list: another region’s, perhaps'),
  }),
  check({ ports }, _dossier, scene) {
    const known = indexOf(scene).hostByNode;
    const strange = ports.flatMap(({ host }) =>
      host === undefined || scene.hosts.has(host) || known.has(host) ? [] : [host],
    );
    if (strange.length === 0) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t(
        'a port is bound to {0}, which is no host of this Nova: another may have it',
        listed(strange),
      ),
    };
  },
  cleared: () => l10n.t('its ports are bound to hosts of this Nova, or to none'),
};

/** One that Nova made goes; one that its owner made, or may have, is for people to decide on. */
function stepOf({ id }: Port, { ports }: Dossier, { apis }: Scene): ManualStep {
  const command = `openstack port delete ${id}`;
  const madeByNova = ports.some((port) => port.id === id && port.madeByNova);
  if (!madeByNova) {
    return {
      command,
      why: l10n.t(
        'a port of an instance that is gone; if its owner made it beforehand, clear its device_id and device_owner instead',
      ),
    };
  }
  return {
    command,
    why: l10n.t('a port that Nova made for an instance that is gone'),
    ...(apis === true ? { api: { do: 'delete-port', id } } : {}),
  };
}

/** Neutron has a port for an instance that Nova does not have. */
export const orphanPort = declareKind<PortSignal>({
  id: 'orphan-port',
  needs: ['api-database', 'cell', 'neutron', 'nova'],
  signs: ['port-of-none'],
  thresholds: ['strayMinutes', 'buildingMinutes'],
  about: () => ({
    signal: l10n.t(
      'A port whose `device_owner` begins with `compute:` and whose device is an instance without a live row and without a domain. Ports with another owner are none of Nova’s: DHCP, routers, trunks, Octavia, bare metal; an empty one is a port made beforehand or a virtual address.',
    ),
    causes: l10n.t(
      'Neutron failed or was down while the instance was deleted, or its row was deleted by SQL.',
    ),
    fixes: l10n.t(
      '`port delete` for a port that Nova made; for one that its owner made, clear `device_id` and `device_owner` (nova/network/neutron.py, _unbind_ports). Never SQL: `standardattributes` hang on it.',
    ),
  }),
  traps: [
    ...commonTraps,
    ...goneTraps,
    novaHasIt,
    novaSilent,
    strangeHost,
    tooYoung<PortSignal>({ times: ({ ports }) => ports.map(changedAt), ageless: 'suspected' }),
  ],
  signal(dossier, scene) {
    const ports = ofCompute(dossier);
    if (ports.length === 0) return l10n.t('no port of Neutron with device_owner compute:* names it');
    const reason = whyNotGone(dossier);
    if (reason !== undefined) return reason;
    return {
      ports,
      why: l10n.t('Neutron has {0} ports of it, and no cell has a live row of it', ports.length),
      evidence: [
        ...ports.map(({ id, status, host }) =>
          seen('neutron', l10n.t('port {0} is {1}, bound to {2}', id, status, host ?? 'NULL'), scene),
        ),
        ...proof(dossier, scene),
      ],
    };
  },
  ladder: ({ ports }) => [
    {
      title: l10n.t('find out who made them: a port that its owner made beforehand is only to be unset'),
      command: `openstack port show ${ports.map(({ id }) => id).find(isUuid) ?? ''}`,
    },
    { title: l10n.t('then delete those that Nova made') },
  ],
  remedy: ({ ports }, dossier, scene) => ({
    ...stepsOnly(),
    wanted: wishForGone(dossier) !== undefined,
    manual: ports.filter(({ id }) => isUuid(id)).map((port) => stepOf(port, dossier, scene)),
  }),
});
