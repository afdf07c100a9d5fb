import type { Specimen } from '../specimen';

export const serviceSpecimens: readonly Specimen[] = [];
