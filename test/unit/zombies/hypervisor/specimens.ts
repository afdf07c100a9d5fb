import { cell0Uuid } from '../../../../src/model/uuid';
import { buildFailed } from '../../../../src/zombies/hypervisor/buildFailed';
import { deletedButLive } from '../../../../src/zombies/hypervisor/deletedButLive';
import { deletedByHand } from '../../../../src/zombies/hypervisor/deletedByHand';
import { domainGone } from '../../../../src/zombies/hypervisor/domainGone';
import { domainOfDeletedInstance } from '../../../../src/zombies/hypervisor/domainOfDeletedInstance';
import { domainOnAnotherHost } from '../../../../src/zombies/hypervisor/domainOnAnotherHost';
import { domainOnTwoHosts } from '../../../../src/zombies/hypervisor/domainOnTwoHosts';
import { domainWithoutInstance } from '../../../../src/zombies/hypervisor/domainWithoutInstance';
import { instanceOnDeadHost } from '../../../../src/zombies/hypervisor/instanceOnDeadHost';
import { instanceWithoutHost } from '../../../../src/zombies/hypervisor/instanceWithoutHost';
import { powerStateDiffers } from '../../../../src/zombies/hypervisor/powerStateDiffers';
import { resizeUnconfirmed } from '../../../../src/zombies/hypervisor/resizeUnconfirmed';
import { softDeleted } from '../../../../src/zombies/hypervisor/softDeleted';
import { stuckBuilding } from '../../../../src/zombies/hypervisor/stuckBuilding';
import { stuckDeleting } from '../../../../src/zombies/hypervisor/stuckDeleting';
import { stuckMoving } from '../../../../src/zombies/hypervisor/stuckMoving';
import { daysAgo, deleteAction, deletedRow, directory, domain, dossier, migration, row } from '../build';
import type { Specimen } from '../specimen';

const homeless = { host: null, node: null, launchedAt: null };
/** so that something names compute-01 */
const failedThere = [migration('error', { sourceCompute: 'compute-01', destCompute: null })];

export const hypervisorSpecimens: readonly Specimen[] = [
  {
    kind: stuckDeleting,
    dossier: dossier({ rows: [row({ taskState: 'deleting' })], directories: [directory()] }),
    verdict: 'confirmed',
  },
  {
    kind: deletedButLive,
    dossier: dossier({ rows: [row({ vmState: 'deleted', powerState: 0 })], directories: [directory()] }),
    verdict: 'confirmed',
  },
  {
    kind: domainOnTwoHosts,
    dossier: dossier({ rows: [row()], domains: [domain(), domain('compute-02', { state: 'shut off' })] }),
    verdict: 'suspected',
  },
  {
    kind: domainOnAnotherHost,
    dossier: dossier({ rows: [row()], domains: [domain('compute-02')] }),
    verdict: 'suspected',
  },
  {
    kind: domainOfDeletedInstance,
    dossier: dossier({ rows: [deletedRow()], domains: [domain()], directories: [directory()] }),
    verdict: 'confirmed',
  },
  { kind: domainWithoutInstance, dossier: dossier({ domains: [domain()] }), verdict: 'suspected' },
  {
    kind: stuckMoving,
    dossier: dossier({ rows: [row({ taskState: 'migrating' })], domains: [domain()] }),
    verdict: 'suspected',
  },
  {
    kind: resizeUnconfirmed,
    dossier: dossier({
      rows: [row({ vmState: 'resized' })],
      domains: [domain()],
      migrations: [
        migration('finished', { type: 'resize', destCompute: 'compute-01', sourceCompute: 'compute-02' }),
      ],
    }),
    verdict: 'suspected',
  },
  {
    kind: stuckBuilding,
    dossier: dossier({
      rows: [row({ vmState: 'building', taskState: 'spawning', powerState: 0, launchedAt: null })],
      directories: [directory()],
    }),
    verdict: 'suspected',
  },
  {
    kind: buildFailed,
    dossier: dossier({
      rows: [row({ ...homeless, cell: cell0Uuid, vmState: 'error', powerState: 0 })],
      migrations: failedThere,
    }),
    verdict: 'suspected',
  },
  {
    kind: instanceWithoutHost,
    dossier: dossier({
      rows: [row({ ...homeless, vmState: 'deleted', updatedAt: daysAgo(45) })],
      migrations: failedThere,
    }),
    verdict: 'confirmed',
  },
  {
    kind: softDeleted,
    dossier: dossier({
      rows: [row({ vmState: 'soft-delete', powerState: 4, updatedAt: daysAgo(40), deletedAt: daysAgo(40) })],
      deleteActions: [deleteAction(daysAgo(40))],
    }),
    verdict: 'confirmed',
  },
  {
    kind: instanceOnDeadHost,
    dossier: dossier({ rows: [row()], directories: [directory()] }),
    verdict: 'suspected',
    scene: { particulars: { 'compute-01': { lastSeenUp: daysAgo(3), expectedDomains: 1 } } },
  },
  {
    kind: domainGone,
    dossier: dossier({ rows: [row()], directories: [directory()] }),
    verdict: 'suspected',
  },
  {
    kind: powerStateDiffers,
    dossier: dossier({ rows: [row({ powerState: 4 })], domains: [domain()] }),
    verdict: 'suspected',
  },
  {
    kind: deletedByHand,
    dossier: dossier({ rows: [deletedRow({ deleted: 1, deletedAt: null })] }),
    verdict: 'confirmed',
    signs: ['deleted-by-hand'],
  },
];
