import { deletedRow, directory, domain, dossier, row } from '../build';
import type { Specimen } from '../specimen';
import { directoryOfMovedInstance } from '../../../../src/zombies/files/directoryOfMovedInstance';
import { leftoverDirectory } from '../../../../src/zombies/files/leftoverDirectory';
import { leftoverResizeDirectory } from '../../../../src/zombies/files/leftoverResizeDirectory';
import { unfinishedRemoval } from '../../../../src/zombies/files/unfinishedRemoval';

export const fileSpecimens: readonly Specimen[] = [
  {
    kind: leftoverDirectory,
    dossier: dossier({ rows: [deletedRow()], directories: [directory()] }),
    verdict: 'confirmed',
  },
  {
    kind: directoryOfMovedInstance,
    dossier: dossier({
      rows: [row({ host: 'compute-02', node: 'compute-02.example.org' })],
      domains: [domain('compute-02')],
      directories: [directory('compute-02'), directory('compute-01')],
    }),
    verdict: 'suspected',
  },
  {
    kind: leftoverResizeDirectory,
    dossier: dossier({ rows: [deletedRow()], directories: [directory('compute-01', { suffix: '_resize' })] }),
    verdict: 'confirmed',
  },
  {
    kind: unfinishedRemoval,
    dossier: dossier({ rows: [deletedRow()], directories: [directory('compute-01', { suffix: '_del' })] }),
    verdict: 'confirmed',
  },
];
