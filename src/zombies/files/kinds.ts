import type { ZombieKind } from '../declare';
import { directoryOfMovedInstance } from './directoryOfMovedInstance';
import { leftoverDirectory } from './leftoverDirectory';
import { leftoverResizeDirectory } from './leftoverResizeDirectory';
import { unfinishedRemoval } from './unfinishedRemoval';

/** Directories under the instances path of a host. */
export const fileKinds: readonly ZombieKind[] = [
  leftoverDirectory,
  directoryOfMovedInstance,
  leftoverResizeDirectory,
  unfinishedRemoval,
];
