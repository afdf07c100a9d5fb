import type { ZombieKind } from './declare';
import { domainGone } from './domainGone';
import { domainWithoutInstance } from './domainWithoutInstance';
import { instanceWithoutHost } from './instanceWithoutHost';
import { leftoverDirectory } from './leftoverDirectory';
import { rowsWithoutParent } from './rowsWithoutParent';
import { stuckDeleting } from './stuckDeleting';

/** In the order in which a first finding decides the fix: what runs before what lies, what lies before what is written. */
export const kinds: readonly ZombieKind[] = [
  stuckDeleting,
  domainWithoutInstance,
  domainGone,
  instanceWithoutHost,
  leftoverDirectory,
  rowsWithoutParent,
];
