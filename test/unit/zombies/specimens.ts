import type { Dossier } from '../../../src/model/dossier';
import type { KindId, Verdict } from '../../../src/model/suspect';
import { daysAgo, deletedRow, directory, domain, dossier, leftovers, migration, row } from './build';
import { domainGone } from '../../../src/zombies/domainGone';
import { domainWithoutInstance } from '../../../src/zombies/domainWithoutInstance';
import type { ZombieKind } from '../../../src/zombies/declare';
import { instanceWithoutHost } from '../../../src/zombies/instanceWithoutHost';
import { leftoverDirectory } from '../../../src/zombies/leftoverDirectory';
import { rowsWithoutParent } from '../../../src/zombies/rowsWithoutParent';
import { stuckDeleting } from '../../../src/zombies/stuckDeleting';

interface Specimen {
  readonly kind: ZombieKind;
  readonly dossier: Dossier;
  readonly verdict: Verdict;
}

/** A zombie of each kind as it looks when every source answered. All name compute-01 and nothing else. */
export const specimens: Readonly<Record<KindId, Specimen>> = {
  'stuck-deleting': {
    kind: stuckDeleting,
    dossier: dossier({ rows: [row({ taskState: 'deleting' })], directories: [directory()] }),
    verdict: 'confirmed',
  },
  'domain-without-instance': {
    kind: domainWithoutInstance,
    dossier: dossier({ rows: [deletedRow()], domains: [domain()], directories: [directory()] }),
    verdict: 'confirmed',
  },
  'domain-gone': {
    kind: domainGone,
    dossier: dossier({ rows: [row()], directories: [directory()] }),
    verdict: 'suspected',
  },
  'instance-without-host': {
    kind: instanceWithoutHost,
    dossier: dossier({
      rows: [row({ host: null, node: null, vmState: 'deleted', updatedAt: daysAgo(45) })],
      migrations: [migration('error', { sourceCompute: 'compute-01', destCompute: null })],
    }),
    verdict: 'confirmed',
  },
  'leftover-directory': {
    kind: leftoverDirectory,
    dossier: dossier({ rows: [deletedRow()], directories: [directory()] }),
    verdict: 'confirmed',
  },
  'rows-without-parent': {
    kind: rowsWithoutParent,
    dossier: dossier({
      leftovers,
      migrations: [migration('completed', { sourceCompute: 'compute-01', destCompute: 'compute-01' })],
    }),
    verdict: 'confirmed',
  },
};
