import * as l10n from '@vscode/l10n';
import type { FloatingIp } from '../../model/facts';
import { declareKind } from '../declare';
import { type Trap, type Signal } from '../declaration';
import { seen } from '../proof';
import { stepsOnly } from '../stepsOnly';
import { recordTraps } from '../traps/common';
import { tooYoung } from '../traps/young';

interface FloatingIpSignal extends Signal {
  readonly floatingIp: FloatingIp;
}

const reserved: Trap<FloatingIpSignal> = {
  id: 'reserved',
  when: () => ({
    suspected: l10n.t('it has no port: a project may hold the address on purpose, and pay for it'),
  }),
  check({ floatingIp: { portId } }) {
    if (portId !== undefined) return undefined;
    return {
      verdict: 'suspected',
      text: l10n.t('its project may hold the address on purpose, and pay for it: ask before it is released'),
    };
  },
  cleared: () => l10n.t('it is bound to a port, so it is no mere reservation'),
};

/** An address that leads nowhere. */
export const idleFloatingIp = declareKind<FloatingIpSignal>({
  id: 'idle-floating-ip',
  subject: 'floating-ip',
  needs: ['api-database', 'cell', 'neutron'],
  signs: ['idle-floating-ip'],
  thresholds: ['strayMinutes'],
  about: () => ({
    signal: l10n.t('A floating IP without a port, or whose port Neutron does not have.'),
    causes: l10n.t(
      'Its instance was deleted, and the address stays with the project; or the port was removed by SQL (`floatingips.fixed_port_id` has no cascade, neutron/db/models/l3.py).',
    ),
    fixes: l10n.t(
      'One whose port is gone is unset from it. One without a port is mostly a reservation: nothing is drafted, and its project decides.',
    ),
  }),
  traps: [
    ...recordTraps,
    tooYoung<FloatingIpSignal>({ times: ({ floatingIp }) => [floatingIp.createdAt], ageless: 'suspected' }),
    reserved,
  ],
  signal({ floatingIp }, scene) {
    if (floatingIp === undefined) return l10n.t('it is no floating IP');
    const { portId, portGone, address, createdAt } = floatingIp;
    if (portId !== undefined && !portGone) return l10n.t('it is bound to a port that exists');
    const why =
      portId === undefined
        ? l10n.t('no port has the address {0}', address)
        : l10n.t('the port that had the address {0} does not exist', address);
    return {
      floatingIp,
      why,
      evidence: [seen('neutron', why, scene)],
      ...(createdAt === undefined ? {} : { since: createdAt }),
    };
  },
  ladder: ({ floatingIp }, { uuid }) =>
    floatingIp.portId === undefined
      ? [
          { title: l10n.t('ask its project whether it holds the address on purpose') },
          { title: l10n.t('then release it'), command: `openstack floating ip delete ${uuid}` },
        ]
      : [
          {
            title: l10n.t('unset it from the port that is gone'),
            command: `openstack floating ip unset --port ${uuid}`,
          },
        ],
  remedy: ({ floatingIp }, { uuid }) => ({
    ...stepsOnly(),
    manual:
      floatingIp.portId === undefined
        ? []
        : [
            {
              command: `openstack floating ip unset --port ${uuid}`,
              why: l10n.t('its port does not exist any more; the address stays with its project'),
            },
          ],
  }),
});
