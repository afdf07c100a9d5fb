import * as l10n from '@vscode/l10n';
import type { Dossier } from '../../model/dossier';
import type { Allocation } from '../../model/facts';
import type { Scene } from '../../model/scene';
import type { ManualStep } from '../../model/suspect';
import { isUuid } from '../../model/uuid';
import { latest } from '../ages';
import { declareKind } from '../declare';
import { hostNamed } from '../places';
import { hostOf, liveRows } from '../rows';
import { stepsOnly } from '../stepsOnly';
import { commonTraps } from '../traps/common';
import { mendTraps } from '../traps/lives';
import { tooYoung } from '../traps/young';
import { listed } from '../words';
import { doubleTraps, type DoubleSignal } from './doubleTraps';
import { placementProof } from './placementProof';

/** Never `allocation delete`, which takes both (nova doc, admin/troubleshooting/orphaned-allocations.rst). */
function unset(provider: string, uuid: string): string {
  return `openstack --os-placement-api-version 1.28 resource provider allocation unset --provider ${provider} ${uuid}`;
}

function unsetSteps(
  strays: readonly Allocation[],
  { uuid }: Dossier,
  { apis }: Scene,
): readonly ManualStep[] {
  return strays
    .filter(({ providerUuid }) => isUuid(providerUuid))
    .map(({ provider, providerUuid }) => ({
      command: unset(providerUuid, uuid),
      why: l10n.t('what it holds on {0}, where it is not; the rest of its allocations stays', provider),
      ...(apis === true
        ? { api: { do: 'unset-allocation', consumer: uuid, provider: providerUuid } as const }
        : {}),
    }));
}

/** The instance takes room on a host where it is not. */
export const doubleAllocation = declareKind<DoubleSignal>({
  id: 'double-allocation',
  needs: ['api-database', 'cell', 'placement', 'host'],
  signs: ['allocations-on-two'],
  thresholds: ['strayMinutes'],
  about: () => ({
    signal: l10n.t(
      'A live instance whose allocations are on more compute nodes than one. A provider nested below a compute node counts for its root.',
    ),
    causes: l10n.t(
      'An evacuation whose source never came back, or a move that broke off. A move itself does not make one: its migration is the consumer on the source.',
    ),
    fixes: l10n.t(
      'After an evacuation, nova-compute of the source removes its part when it starts (nova/compute/manager.py, _destroy_evacuated_instances). Otherwise `openstack resource provider allocation unset --provider` of the provider where the instance is not, once its domain was seen on the other. Never `allocation delete`: that takes the right one too, and the scheduler would fill its host twice.',
    ),
  }),
  traps: [
    ...commonTraps,
    ...mendTraps,
    tooYoung({
      times: (_signal, dossier) => [
        latest([
          ...liveRows(dossier).flatMap(({ createdAt, updatedAt }) => [createdAt, updatedAt]),
          ...dossier.migrations.map(({ updatedAt }) => updatedAt),
        ]),
      ],
    }),
    ...doubleTraps,
  ],
  signal(dossier, scene) {
    const { allocations } = dossier;
    const [row] = liveRows(dossier);
    if (new Set(allocations.map(({ providerUuid }) => providerUuid)).size < 2)
      return l10n.t('Placement has it on one compute node at most');
    if (row === undefined) return l10n.t('there is no live row');
    const home = hostOf(row);
    if (home === undefined) return l10n.t('the row names no host');
    const strays = allocations.filter(({ provider }) => hostNamed(provider, dossier, scene) !== home);
    return {
      row,
      home,
      strays,
      host: home,
      why: l10n.t(
        'Placement holds resources for it on {0}; Nova has it on {1}',
        listed(allocations.map(({ provider }) => provider)),
        home,
      ),
      evidence: placementProof(dossier, scene),
    };
  },
  ladder: ({ strays }, { uuid, migrations }) => [
    ...(migrations.some(({ type }) => type === 'evacuation')
      ? [
          {
            title: l10n.t(
              'start nova-compute where it was evacuated from: it removes its part when it starts',
            ),
          },
        ]
      : []),
    {
      title: l10n.t('look at what it holds, and where'),
      command: `openstack resource provider allocation show ${uuid}`,
    },
    ...strays
      .filter(({ providerUuid }) => isUuid(providerUuid))
      .map(({ provider, providerUuid }) => ({
        title: l10n.t('let go of {0} alone; never `allocation delete`, which takes all', provider),
        command: unset(providerUuid, uuid),
      })),
  ],
  remedy: ({ strays }, dossier, scene) => stepsOnly(unsetSteps(strays, dossier, scene)),
});
