import assert from 'node:assert/strict';
import { compare, figureOf, median, within } from '../../bench/compare';
import { figureLine } from '../../bench/format';

describe('a comparison', () => {
  const counted = { name: 'scan', peer: 'mariadb', unit: 's', goal: 0.9 } as const;

  it('takes both sides in turns, by turns first, and does not count the round before', async () => {
    const calls: string[] = [];
    const side = (name: string, counts: number[]) => () => {
      calls.push(name);
      return Promise.resolve(counts.shift() ?? NaN);
    };
    const figure = await compare({
      ...counted,
      rounds: 3,
      ours: side('ours', [100, 1, 2, 9]),
      theirs: side('theirs', [100, 4, 8, 5]),
    });
    assert.equal(calls.join(' '), 'ours theirs theirs ours ours theirs theirs ours');
    assert.deepEqual(
      [figure.ours, figure.theirs],
      [
        [1, 2, 9],
        [4, 8, 5],
      ],
    );
    assert.equal(figure.ratio, 2 / 5);
    assert.ok(figure.met);
  });

  it('meets its goal up to the goal itself, and misses it above', () => {
    assert.ok(figureOf({ ...counted, ours: [9], theirs: [10] }).met);
    const missed = figureOf({ ...counted, ours: [9.1], theirs: [10] });
    assert.ok(!missed.met);
    assert.match(figureLine(missed), /^MISSED scan: 9.10 s, mariadb 10.0 s: 0.91 \(goal 0.90\)$/);
  });

  it('may be with a limit', () => {
    const memory = (ours: number) => within(150 * 2 ** 20, { name: 'memory', unit: 'bytes', ours: [ours] });
    assert.ok(memory(150 * 2 ** 20).met);
    assert.ok(!memory(151 * 2 ** 20).met);
  });

  it('has the median of an odd and of an even count', () => {
    assert.equal(median([9, 1, 2]), 2);
    assert.equal(median([9, 1, 2, 3]), 2.5);
    assert.ok(Number.isNaN(median([])));
  });
});
