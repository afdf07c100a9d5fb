import type { ZombieKind } from '../declare';
import { expiredConsoleToken } from './expiredConsoleToken';
import { legacyRows } from './legacyRows';
import { liveRowsOfDeletedInstance } from './liveRowsOfDeletedInstance';
import { pciDeviceHeld } from './pciDeviceHeld';
import { rowsWithoutParent } from './rowsWithoutParent';
import { shareLeftBehind } from './shareLeftBehind';
import { staleNetworkInfo } from './staleNetworkInfo';
import { strayComputeRecord } from './strayComputeRecord';
import { stuckMigration } from './stuckMigration';
import { tornInstance } from './tornInstance';
import { untiedRows } from './untiedRows';
import { volumeGone } from './volumeGone';

/** Rows of a cell's database. */
export const rowKinds: readonly ZombieKind[] = [
  rowsWithoutParent,
  untiedRows,
  tornInstance,
  liveRowsOfDeletedInstance,
  legacyRows,
  shareLeftBehind,
  pciDeviceHeld,
  volumeGone,
  stuckMigration,
  staleNetworkInfo,
  expiredConsoleToken,
  strayComputeRecord,
];
