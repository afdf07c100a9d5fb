import * as l10n from '@vscode/l10n';
import { declareKind } from '../declare';
import { type Trap, type Signal } from '../declaration';
import { stepsOnly } from '../stepsOnly';
import { commonTraps } from '../traps/common';
import { tooYoung } from '../traps/young';
import { placementProof } from './placementProof';

const holdsNothing: Trap<Signal> = {
  id: 'holds-nothing',
  when: () => ({ suspected: l10n.t('always: it holds nothing, and only Placement is to remove it') }),
  check: () => ({
    verdict: 'suspected',
    text: l10n.t(
      'it holds nothing, and does no harm: Placement removes it along with the last of its allocations',
    ),
  }),
  cleared: () => '',
};

/** A row of `consumers` that outlived its allocations. */
export const emptyConsumer = declareKind<Signal>({
  id: 'empty-consumer',
  needs: ['api-database', 'cell', 'placement'],
  signs: ['empty-consumer'],
  thresholds: ['strayMinutes'],
  about: () => ({
    signal: l10n.t('A row of `consumers` in Placement without a row of `allocations`.'),
    causes: l10n.t(
      'A write that was refused after its consumer was made, a Placement from before it removed such rows, or allocations that were deleted by SQL.',
    ),
    fixes: l10n.t(
      'None is needed. Placement removes a consumer with the last of its allocations (placement/objects/consumer.py, delete_consumers_if_no_allocations); of one that never had any, `allocation delete` says 404 (placement/handlers/allocation.py). Nothing is drafted.',
    ),
  }),
  traps: [
    ...commonTraps,
    holdsNothing,
    tooYoung({ times: (_signal, { consumer }) => [consumer?.createdAt] }),
  ],
  signal(dossier, scene) {
    const { consumer, allocations } = dossier;
    if (consumer === undefined) return l10n.t('Placement does not know it as a consumer');
    if (consumer.allocations > 0 || allocations.length > 0) return l10n.t('Placement has allocations of it');
    return {
      why: l10n.t('Placement knows it as a consumer, and it holds nothing'),
      evidence: placementProof(dossier, scene),
      ...(consumer.createdAt === undefined ? {} : { since: consumer.createdAt }),
    };
  },
  ladder: (_signal, { uuid }) => [
    {
      title: l10n.t('see that it holds nothing; the next allocations of it take the row over'),
      command: `openstack resource provider allocation show ${uuid}`,
    },
  ],
  remedy: () => stepsOnly(),
});
