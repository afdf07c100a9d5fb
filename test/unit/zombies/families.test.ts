import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { familyOf, type KindFamily } from '../../../src/model/kindFamily';
import type { ZombieKind } from '../../../src/zombies/declare';
import { cellKinds } from '../../../src/zombies/cells/kinds';
import { fileKinds } from '../../../src/zombies/files/kinds';
import { hypervisorKinds } from '../../../src/zombies/hypervisor/kinds';
import { kinds } from '../../../src/zombies/kinds';
import { placementKinds } from '../../../src/zombies/placement/kinds';
import { rowKinds } from '../../../src/zombies/rows/kinds';
import { serviceKinds } from '../../../src/zombies/services/kinds';

const families: Readonly<Record<KindFamily, readonly ZombieKind[]>> = {
  hypervisor: hypervisorKinds,
  files: fileKinds,
  rows: rowKinds,
  cells: cellKinds,
  placement: placementKinds,
  services: serviceKinds,
};

describe('the families of kinds', () => {
  it('hold every kind once', () => {
    const all = Object.values(families).flat();
    assert.deepEqual(all.map(({ id }) => id).sort(), kinds.map(({ id }) => id).sort());
    assert.equal(new Set(all).size, all.length);
  });

  for (const [family, members] of Object.entries(families)) {
    it(`${family}: each kind stands in the tree where its file stands, one file for each`, () => {
      for (const { id } of members) {
        assert.equal(familyOf(id), family, id);
        const name = id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
        const file = path.join(__dirname, '../../../src/zombies', family, `${name}.ts`);
        assert.ok(existsSync(file), file);
      }
    });
  }
});
