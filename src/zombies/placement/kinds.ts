import type { ZombieKind } from '../declare';
import { doubleAllocation } from './doubleAllocation';
import { emptyConsumer } from './emptyConsumer';
import { missingAllocation } from './missingAllocation';
import { orphanAllocation } from './orphanAllocation';
import { providerMismatch } from './providerMismatch';

/** Placement and Nova disagree. */
export const placementKinds: readonly ZombieKind[] = [
  doubleAllocation,
  missingAllocation,
  orphanAllocation,
  emptyConsumer,
  providerMismatch,
];
