import { dossier, leftovers, migration } from '../build';
import type { Specimen } from '../specimen';
import { rowsWithoutParent } from '../../../../src/zombies/rows/rowsWithoutParent';

export const rowSpecimens: readonly Specimen[] = [
  {
    kind: rowsWithoutParent,
    dossier: dossier({
      leftovers,
      migrations: [migration('completed', { sourceCompute: 'compute-01', destCompute: 'compute-01' })],
    }),
    verdict: 'confirmed',
  },
];
