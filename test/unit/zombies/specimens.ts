import assert from 'node:assert/strict';
import type { KindId } from '../../../src/model/kindId';
import { cellSpecimens } from './cells/specimens';
import { fileSpecimens } from './files/specimens';
import { hypervisorSpecimens } from './hypervisor/specimens';
import { placementSpecimens } from './placement/specimens';
import { rowSpecimens } from './rows/specimens';
import { serviceSpecimens } from './services/specimens';
import type { Specimen } from './specimen';

export const specimens: readonly Specimen[] = [
  ...hypervisorSpecimens,
  ...fileSpecimens,
  ...rowSpecimens,
  ...cellSpecimens,
  ...placementSpecimens,
  ...serviceSpecimens,
];

export function specimen(id: KindId): Specimen {
  return specimens.find(({ kind }) => kind.id === id) ?? assert.fail(`no specimen of ${id}`);
}
