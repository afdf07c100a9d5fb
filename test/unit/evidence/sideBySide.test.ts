import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { sideBySide } from '../../../src/evidence/sideBySide';

describe('work side by side', () => {
  it('is at most so much at a time, with results in the order of the items', async () => {
    let running = 0;
    let most = 0;
    const results = await sideBySide([5, 1, 4, 2, 3], 2, async (item) => {
      most = Math.max(most, (running += 1));
      await sleep(item);
      running -= 1;
      return item * 10;
    });
    assert.deepEqual(results, [50, 10, 40, 20, 30]);
    assert.equal(most, 2);
  });

  it('is begun no more once some of it has failed', async () => {
    const begun: number[] = [];
    const work = async (item: number): Promise<void> => {
      begun.push(item);
      await sleep(item === 1 ? 1 : 20);
      if (item === 1) throw new Error('no');
    };
    await assert.rejects(sideBySide([1, 2, 3, 4, 5], 2, work), /no/);
    await sleep(60);
    assert.deepEqual(begun, [1, 2]);
  });
});
