import type { ZombieKind } from './declare';
import { cellKinds } from './cells/kinds';
import { fileKinds } from './files/kinds';
import { hypervisorKinds } from './hypervisor/kinds';
import { placementKinds } from './placement/kinds';
import { rowKinds } from './rows/kinds';
import { serviceKinds } from './services/kinds';

/** In the order in which a first finding decides the fix: what runs before what lies, what lies before what is written. */
export const kinds: readonly ZombieKind[] = [
  ...hypervisorKinds,
  ...fileKinds,
  ...rowKinds,
  ...cellKinds,
  ...placementKinds,
  ...serviceKinds,
];
