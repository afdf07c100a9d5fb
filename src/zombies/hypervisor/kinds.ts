import type { ZombieKind } from '../declare';
import { domainGone } from './domainGone';
import { domainWithoutInstance } from './domainWithoutInstance';
import { instanceWithoutHost } from './instanceWithoutHost';
import { stuckDeleting } from './stuckDeleting';

/** Hypervisor and instances disagree. */
export const hypervisorKinds: readonly ZombieKind[] = [
  stuckDeleting,
  domainWithoutInstance,
  domainGone,
  instanceWithoutHost,
];
