import assert from 'node:assert/strict';
import { hostClock } from '../../../src/zombies/traps/hostClock';
import type { Objection } from '../../../src/zombies/declaration';
import { dossier, host, row, scene } from './build';

const off = (aheadMs: number, name = 'compute-01'): Objection | undefined =>
  hostClock.check(
    { why: '', evidence: [] },
    dossier({ rows: [row()] }),
    scene({ hosts: [host('compute-01'), host(name, { aheadMs })] }),
  );

describe('the clock of a host', () => {
  it('is told as a note when it is more than a minute off, whichever way', () => {
    assert.match(off(61_000)?.text ?? '', /compute-01 \(61 s ahead\)/);
    assert.match(off(-3_600_000)?.text ?? '', /compute-01 \(3600 s behind\)/);
    assert.equal(off(61_000)?.verdict, 'confirmed', 'a note, which leaves the verdict as it is');
  });

  it('is no matter within a minute, nor on a host that has nothing to do with it', () => {
    for (const aheadMs of [60_000, -60_000, 0]) assert.equal(off(aheadMs), undefined);
    assert.equal(off(3_600_000, 'compute-02'), undefined);
  });
});
