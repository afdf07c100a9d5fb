import * as l10n from '@vscode/l10n';
import { latest } from '../ages';
import { declareKind } from '../declare';
import { type Signal } from '../declaration';
import { residue } from '../remedies';
import { liveRows } from '../rows';
import { stepsOnly } from '../stepsOnly';
import { beingBuilt, cellDoubtful } from '../traps/absentRow';
import { commonTraps } from '../traps/common';
import { novaHasIt } from '../traps/novaHasIt';
import { tooYoung } from '../traps/young';
import { wishForGone } from '../wish';
import { listed } from '../words';
import { consumerTraps } from './consumers';
import { placementProof } from './placementProof';

/** What it holds keeps others off the host, and the host's provider from being deleted. */
export const orphanAllocation = declareKind<Signal>({
  id: 'orphan-allocation',
  needs: ['api-database', 'cell', 'placement'],
  signs: ['allocation-of-none'],
  thresholds: ['strayMinutes', 'buildingMinutes'],
  about: () => ({
    signal: l10n.t(
      'A consumer of Placement that has allocations, and is neither a live instance nor a migration that is not over. A domain of it decides first: as long as it runs it uses what it holds.',
    ),
    causes: l10n.t(
      'Placement did not answer while the instance was deleted, a build or a migration broke off, or the rows of the instance were removed by hand.',
    ),
    fixes: l10n.t(
      '`nova-manage placement audit` lists them; never with `--delete` while a cell may be down, since it takes every instance there for gone (nova/cmd/manage.py, _get_instances_and_current_migrations). `openstack resource provider allocation delete` removes what the consumer holds, and the consumer with it. Never SQL: the API keeps generations and consumers right (placement/objects/allocation.py).',
    ),
  }),
  traps: [
    ...commonTraps,
    cellDoubtful,
    novaHasIt,
    beingBuilt,
    ...consumerTraps,
    tooYoung({
      times: (_signal, { consumer, rows }) => [
        latest([consumer?.createdAt, consumer?.changedAt, ...rows.map(({ deletedAt }) => deletedAt)]),
      ],
    }),
  ],
  signal(dossier, scene) {
    const { allocations, domains, consumer } = dossier;
    if (allocations.length === 0) return l10n.t('Placement has no allocations of it');
    if (liveRows(dossier).length > 0) return l10n.t('a cell has a live row of it');
    if (domains.length > 0) return l10n.t('its domain still exists, and decides: the allocations come along');
    const since = consumer?.createdAt ?? consumer?.changedAt;
    const places = listed(allocations.map(({ provider }) => provider));
    return {
      why: l10n.t('Placement holds resources for it on {0}, and no cell has a live row of it', places),
      evidence: placementProof(dossier, scene),
      ...(since === undefined ? {} : { since }),
    };
  },
  ladder: (_signal, { uuid }) => [
    {
      title: l10n.t('let Nova list them; never with --delete while a cell may be down'),
      command: 'nova-manage placement audit --verbose',
    },
    {
      title: l10n.t('look at what it holds'),
      command: `openstack resource provider allocation show ${uuid}`,
    },
    {
      title: l10n.t('let Placement remove it: never SQL'),
      command: `openstack resource provider allocation delete ${uuid}`,
    },
  ],
  remedy: (_signal, dossier, scene) =>
    stepsOnly(residue({ ...dossier, ports: [], volumes: [] }, scene), wishForGone(dossier) !== undefined),
});
