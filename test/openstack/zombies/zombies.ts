import { allocatedTwice } from './allocatedTwice';
import { allocationLeft } from './allocationLeft';
import { allocationTaken } from './allocationTaken';
import { archiveInterrupted } from './archiveInterrupted';
import { attachmentLeft } from './attachmentLeft';
import { buildLost } from './buildLost';
import { cacheEmptied } from './cacheEmptied';
import { cacheLost } from './cacheLost';
import { consumerLeft } from './consumerLeft';
import { deletedWhileHostDown } from './deletedWhileHostDown';
import { deletedWhileScheduled } from './deletedWhileScheduled';
import { deleteInterrupted } from './deleteInterrupted';
import { filesForgotten } from './filesForgotten';
import { flagLost } from './flagLost';
import { imageTooLarge } from './imageTooLarge';
import { mappingNotSet } from './mappingNotSet';
import { mappingRemoved } from './mappingRemoved';
import { markedAlone } from './markedAlone';
import { markedByHand } from './markedByHand';
import { movedByHand } from './movedByHand';
import { noValidHost } from './noValidHost';
import { portLeft } from './portLeft';
import { projectDeleted } from './projectDeleted';
import { purgedWhileHostDown } from './purgedWhileHostDown';
import { rowDeletedByHand } from './rowDeletedByHand';
import { stoppedByHand } from './stoppedByHand';
import { tagOutlived } from './tagOutlived';
import { undefinedByHand } from './undefinedByHand';
import { volumeForced } from './volumeForced';
import { attachBrokenOff } from './attachBrokenOff';
import type { Zombie } from './zombie';

/** In the order in which they happen: an archive takes all that is deleted by then; without a conductor nothing is built. */
export const zombies: readonly Zombie[] = [
  noValidHost,
  imageTooLarge,
  buildLost,
  deletedWhileScheduled,
  deleteInterrupted,
  purgedWhileHostDown,
  archiveInterrupted,
  tagOutlived,
  deletedWhileHostDown,
  filesForgotten,
  undefinedByHand,
  movedByHand,
  stoppedByHand,
  markedByHand,
  markedAlone,
  flagLost,
  mappingNotSet,
  mappingRemoved,
  rowDeletedByHand,
  cacheLost,
  allocationLeft,
  allocatedTwice,
  allocationTaken,
  consumerLeft,
  portLeft,
  cacheEmptied,
  attachmentLeft,
  attachBrokenOff,
  volumeForced,
  projectDeleted,
];
