import { daysAgo, deletedRow, directory, domain, dossier, migration, row } from '../build';
import type { Specimen } from '../specimen';
import { stuckDeleting } from '../../../../src/zombies/hypervisor/stuckDeleting';
import { domainWithoutInstance } from '../../../../src/zombies/hypervisor/domainWithoutInstance';
import { domainGone } from '../../../../src/zombies/hypervisor/domainGone';
import { instanceWithoutHost } from '../../../../src/zombies/hypervisor/instanceWithoutHost';

export const hypervisorSpecimens: readonly Specimen[] = [
  {
    kind: stuckDeleting,
    dossier: dossier({ rows: [row({ taskState: 'deleting' })], directories: [directory()] }),
    verdict: 'confirmed',
  },
  {
    kind: domainWithoutInstance,
    dossier: dossier({ rows: [deletedRow()], domains: [domain()], directories: [directory()] }),
    verdict: 'confirmed',
  },
  {
    kind: domainGone,
    dossier: dossier({ rows: [row()], directories: [directory()] }),
    verdict: 'suspected',
  },
  {
    kind: instanceWithoutHost,
    dossier: dossier({
      rows: [row({ host: null, node: null, vmState: 'deleted', updatedAt: daysAgo(45) })],
      migrations: [migration('error', { sourceCompute: 'compute-01', destCompute: null })],
    }),
    verdict: 'confirmed',
  },
];
