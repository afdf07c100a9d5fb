import { doubleAllocation } from '../../../../src/zombies/placement/doubleAllocation';
import { emptyConsumer } from '../../../../src/zombies/placement/emptyConsumer';
import { missingAllocation } from '../../../../src/zombies/placement/missingAllocation';
import { orphanAllocation } from '../../../../src/zombies/placement/orphanAllocation';
import { providerMismatch } from '../../../../src/zombies/placement/providerMismatch';
import { allocation, consumer, deletedRow, domain, dossier, mapping, provider, row } from '../build';
import type { Specimen } from '../specimen';

export const placementSpecimens: readonly Specimen[] = [
  {
    kind: doubleAllocation,
    dossier: dossier({
      rows: [row()],
      mapping: mapping(),
      domains: [domain()],
      allocations: [allocation('compute-01'), allocation('compute-02')],
      consumer: consumer({ allocations: 6 }),
    }),
    verdict: 'suspected',
    signs: ['allocations-on-two'],
  },
  {
    kind: missingAllocation,
    dossier: dossier({ rows: [row()], mapping: mapping(), domains: [domain()] }),
    verdict: 'suspected',
    signs: ['no-allocation'],
  },
  {
    kind: orphanAllocation,
    dossier: dossier({
      rows: [deletedRow()],
      mapping: mapping({ queuedForDelete: true }),
      allocations: [allocation('compute-01')],
      consumer: consumer(),
    }),
    verdict: 'confirmed',
    signs: ['allocation-of-none'],
  },
  {
    kind: emptyConsumer,
    dossier: dossier({ rows: [deletedRow()], consumer: consumer({ allocations: 0 }) }),
    verdict: 'suspected',
    signs: ['empty-consumer'],
  },
  {
    kind: providerMismatch,
    dossier: dossier({ provider: provider() }),
    verdict: 'confirmed',
    signs: ['provider-mismatch'],
  },
];
