import fc from 'fast-check';
import assert from 'node:assert/strict';
import { DifferingRanges, together, type Digests } from '../../../src/evidence/mappingDigests';

const of = (...entries: [prefix: number, rows: number, check: number][]): Digests =>
  new Map(entries.map(([prefix, rows, check]) => [prefix, { rows, sum: check }]));

const uuidIn = (prefix: number): string =>
  `${prefix.toString(16).padStart(3, '0')}d1bf7-982c-4034-9713-566d58ced0c4`;

describe('ranges of UUIDs in which two databases differ', () => {
  it('are none where they agree', () => {
    const same = of([0, 3, 17], [0xfff, 9, 4]);
    assert.deepEqual(new DifferingRanges(same, same).borders, []);
    assert.ok(!new DifferingRanges(same, same).hold(uuidIn(0)));
  });

  it('hold what differs in number or sum, and what one of them has alone', () => {
    const one = of([0x100, 3, 1], [0x200, 3, 1], [0x300, 3, 1]);
    for (const other of [
      of([0x100, 3, 1], [0x200, 4, 1], [0x300, 3, 1]),
      of([0x100, 3, 1], [0x200, 3, 2], [0x300, 3, 1]),
      of([0x100, 3, 1], [0x300, 3, 1]),
    ]) {
      assert.deepEqual(new DifferingRanges(one, other).borders, [['200', '201']]);
      assert.deepEqual(new DifferingRanges(other, one).borders, [['200', '201']]);
    }
  });

  it('are one where little lies between, and several where much does', () => {
    const differing = (rows: number): DifferingRanges =>
      new DifferingRanges(of([0, 1, 1], [5, rows, 1], [0xfff, 1, 1]), of([5, rows, 1]));
    assert.deepEqual(differing(2_000).borders, [['000', 'g']]);
    assert.deepEqual(differing(2_001).borders, [
      ['000', '001'],
      ['fff', 'g'],
    ]);
  });

  it('are never larger than what fits into memory', () => {
    const rows = Array.from({ length: 0x1000 }, (_, prefix): [number, number, number] => [prefix, 244, 1]);
    const ranges = new DifferingRanges(of(...rows), of());
    assert.equal(ranges.borders.length, Math.ceil(0x1000 / Math.floor(10_000 / 244)));
  });

  it('hold a UUID exactly when it lies within their borders', () => {
    const prefix = fc.nat(0xfff);
    fc.assert(
      fc.property(fc.array(fc.tuple(prefix, fc.nat(5_000), fc.nat())), prefix, (entries, asked) => {
        const ranges = new DifferingRanges(of(...entries), of());
        const within = ranges.borders.filter(([from, to]) => from <= uuidIn(asked) && uuidIn(asked) < to);
        assert.equal(ranges.hold(uuidIn(asked)), within.length > 0);
        assert.ok(within.length <= 1);
        for (const [each] of entries) assert.ok(ranges.hold(uuidIn(each)));
      }),
    );
  });
});

describe('digests of several cells', () => {
  it('are added up, and do not depend on which cell has what', () => {
    const all = of([1, 2, 0xffffffff], [2, 1, 5]);
    assert.deepEqual(together([of([1, 2, 0xffffffff]), of([2, 1, 5]), of()]), all);
    const [one] = together([of([7, 1, 0xfffffff0]), of([7, 2, 0x11])]).values();
    assert.deepEqual(one, { rows: 3, sum: 1 });
  });
});
