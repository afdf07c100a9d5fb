import type { ZombieKind } from '../declare';
import { leftoverDirectory } from './leftoverDirectory';

/** Directories under the instances path of a host. */
export const fileKinds: readonly ZombieKind[] = [leftoverDirectory];
