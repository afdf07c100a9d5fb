import type { ZombieKind } from '../declare';

/** Neutron, Cinder, Keystone or Ironic know of what Nova does not have. */
export const serviceKinds: readonly ZombieKind[] = [];
