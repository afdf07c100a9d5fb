import { groupMemberLeftBehind } from '../../../../src/zombies/cells/groupMemberLeftBehind';
import { instanceInTwoCells } from '../../../../src/zombies/cells/instanceInTwoCells';
import { instanceWithoutMapping } from '../../../../src/zombies/cells/instanceWithoutMapping';
import { mappingLeftBehind } from '../../../../src/zombies/cells/mappingLeftBehind';
import { mappingNotQueued } from '../../../../src/zombies/cells/mappingNotQueued';
import { mappingWithoutCell } from '../../../../src/zombies/cells/mappingWithoutCell';
import { mappingWithoutInstance } from '../../../../src/zombies/cells/mappingWithoutInstance';
import { requestSpecLeftBehind } from '../../../../src/zombies/cells/requestSpecLeftBehind';
import { stuckBuildRequest } from '../../../../src/zombies/cells/stuckBuildRequest';
import {
  cell1,
  cell2,
  daysAgo,
  deletedRow,
  domain,
  dossier,
  leftIn,
  mapping,
  migration,
  row,
  unmapped,
} from '../build';
import type { Specimen } from '../specimen';

/** A move that is over, by which a host is named. */
const moved = [migration('completed', { sourceCompute: 'compute-01', destCompute: 'compute-01' })];

export const cellSpecimens: readonly Specimen[] = [
  {
    kind: instanceInTwoCells,
    dossier: dossier({ rows: [row(), row({ cell: cell2, id: 9 })], mapping: mapping() }),
    verdict: 'unknown',
  },
  {
    kind: mappingWithoutCell,
    dossier: dossier({ rows: [row()], mapping: unmapped(), domains: [domain()] }),
    verdict: 'suspected',
    signs: ['mapping-without-cell'],
  },
  {
    kind: instanceWithoutMapping,
    dossier: dossier({ rows: [row()], domains: [domain()] }),
    verdict: 'suspected',
    signs: ['without-mapping'],
  },
  {
    kind: stuckBuildRequest,
    dossier: dossier({
      buildRequestedAt: daysAgo(3),
      mapping: unmapped({ createdAt: daysAgo(3) }),
      migrations: moved,
    }),
    verdict: 'suspected',
    signs: ['build-request'],
  },
  {
    kind: mappingWithoutInstance,
    // Its row was deleted by hand, and the cell keeps what it did.
    dossier: dossier({
      mapping: unmapped(),
      leftovers: [...leftIn('instance_mappings'), { database: cell1, table: 'instance_actions', rows: 1 }],
      migrations: moved,
    }),
    verdict: 'confirmed',
    signs: ['mapping-without-cell'],
  },
  {
    kind: mappingLeftBehind,
    dossier: dossier({
      mapping: mapping({ queuedForDelete: true }),
      leftovers: leftIn('instance_mappings'),
      migrations: moved,
    }),
    verdict: 'confirmed',
  },
  {
    kind: mappingNotQueued,
    dossier: dossier({ rows: [deletedRow()], mapping: mapping() }),
    verdict: 'confirmed',
    signs: ['mapping-not-queued'],
  },
  {
    kind: requestSpecLeftBehind,
    dossier: dossier({ leftovers: leftIn('request_specs'), shadowCells: [cell1], migrations: moved }),
    verdict: 'confirmed',
  },
  {
    kind: groupMemberLeftBehind,
    dossier: dossier({ leftovers: leftIn('instance_group_member'), shadowCells: [cell1], migrations: moved }),
    verdict: 'confirmed',
  },
];
