import type { ZombieKind } from '../declare';

/** The API database and the cells disagree. */
export const cellKinds: readonly ZombieKind[] = [];
