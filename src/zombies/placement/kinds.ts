import type { ZombieKind } from '../declare';

/** Placement and Nova disagree. */
export const placementKinds: readonly ZombieKind[] = [];
