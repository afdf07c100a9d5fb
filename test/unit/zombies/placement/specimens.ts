import type { Specimen } from '../specimen';

export const placementSpecimens: readonly Specimen[] = [];
