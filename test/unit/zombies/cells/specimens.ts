import type { Specimen } from '../specimen';

export const cellSpecimens: readonly Specimen[] = [];
