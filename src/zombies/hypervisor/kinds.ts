import type { ZombieKind } from '../declare';
import { buildFailed } from './buildFailed';
import { deletedButLive } from './deletedButLive';
import { deletedByHand } from './deletedByHand';
import { domainGone } from './domainGone';
import { domainOfDeletedInstance } from './domainOfDeletedInstance';
import { domainOnAnotherHost } from './domainOnAnotherHost';
import { domainOnTwoHosts } from './domainOnTwoHosts';
import { domainWithoutInstance } from './domainWithoutInstance';
import { instanceOnDeadHost } from './instanceOnDeadHost';
import { instanceWithoutHost } from './instanceWithoutHost';
import { powerStateDiffers } from './powerStateDiffers';
import { resizeUnconfirmed } from './resizeUnconfirmed';
import { softDeleted } from './softDeleted';
import { stuckBuilding } from './stuckBuilding';
import { stuckDeleting } from './stuckDeleting';
import { stuckMoving } from './stuckMoving';

/** Hypervisor and instances disagree: a delete first, then what runs where it should not, what hangs, what is missing. */
export const hypervisorKinds: readonly ZombieKind[] = [
  stuckDeleting,
  deletedButLive,
  domainOnTwoHosts,
  domainOnAnotherHost,
  domainOfDeletedInstance,
  domainWithoutInstance,
  stuckMoving,
  resizeUnconfirmed,
  stuckBuilding,
  buildFailed,
  instanceWithoutHost,
  softDeleted,
  instanceOnDeadHost,
  domainGone,
  powerStateDiffers,
  deletedByHand,
];
