import { deletedRow, directory, dossier } from '../build';
import type { Specimen } from '../specimen';
import { leftoverDirectory } from '../../../../src/zombies/files/leftoverDirectory';

export const fileSpecimens: readonly Specimen[] = [
  {
    kind: leftoverDirectory,
    dossier: dossier({ rows: [deletedRow()], directories: [directory()] }),
    verdict: 'confirmed',
  },
];
