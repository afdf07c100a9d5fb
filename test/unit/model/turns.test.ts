import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { Turns } from '../../../src/model/turns';

/** Keeps the thread until the turn is over. */
function useUp(turns: Turns): void {
  while (!turns.isOver());
}

describe('turns of the event loop', () => {
  it('are over for everybody once they have taken long enough, and begin anew after others had theirs', async () => {
    const turns = new Turns();
    assert.equal(turns.isOver(), false);
    useUp(turns);
    assert.equal(turns.isOver(), true);
    await setImmediate();
    assert.equal(turns.isOver(), false);
  });

  it('go on with who waits, and not at once', async () => {
    const turns = new Turns();
    let rows = 0;
    useUp(turns);
    turns.next(() => (rows += 1));
    assert.equal(rows, 0);
    await setImmediate();
    assert.equal(rows, 1);
  });

  it('are given to each in the order in which they wait, one that takes long by itself', async () => {
    const turns = new Turns();
    const events: string[] = [];
    let turn = 0;
    const long = (name: string) => (): void => {
      events.push(`${name} in turn ${turn}`);
      useUp(turns);
    };
    useUp(turns);
    for (const name of ['a', 'b', 'c']) turns.next(long(name));
    for (turn = 1; events.length < 3; turn++) await setImmediate();
    assert.deepEqual(events, ['a in turn 1', 'b in turn 2', 'c in turn 3']);
  });

  it('are given to a long loop in between', async () => {
    const turns = new Turns();
    const events: string[] = [];
    useUp(turns);
    const others = setImmediate().then(() => events.push('others'));
    await turns.giveWay();
    assert.equal(turns.isOver(), false);
    await others;
    assert.deepEqual(events, ['others']);
  });
});
