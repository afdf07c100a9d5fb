import assert from 'node:assert/strict';
import { atOnce, inTurns, type Work } from '../../../src/model/work';

/** Three steps, each longer than anybody may be kept waiting. */
function* slow(said: string[]): Work<string> {
  for (const step of ['first', 'second', 'third']) {
    const begun = performance.now();
    while (performance.now() - begun < 25);
    said.push(step);
    yield;
  }
  return 'done';
}

describe('long work', () => {
  it('lets others in between its steps', async () => {
    const said: string[] = [];
    setImmediate(() => said.push('another'));
    assert.equal(await inTurns(slow(said)), 'done');
    assert.deepEqual(said, ['first', 'another', 'second', 'third']);
  });

  it('can be done in one go', () => {
    const said: string[] = [];
    setImmediate(() => said.push('another'));
    assert.equal(atOnce(slow(said)), 'done');
    assert.deepEqual(said, ['first', 'second', 'third']);
  });
});
