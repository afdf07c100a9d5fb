import type { ZombieKind } from '../declare';
import { rowsWithoutParent } from './rowsWithoutParent';

/** Rows of a cell's database. */
export const rowKinds: readonly ZombieKind[] = [rowsWithoutParent];
