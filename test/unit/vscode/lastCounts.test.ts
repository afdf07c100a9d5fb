import assert from 'node:assert/strict';
import fc from 'fast-check';
import { afterEdit, type Count } from '../../../src/vscode/plan/lastCounts';

const counts: readonly Count[] = [
  { span: { start: 10, end: 20 }, rows: 1 },
  { span: { start: 30, end: 40 }, rows: 2, expected: 3 },
];

function starts(edit: Parameters<typeof afterEdit>[1]): number[] {
  return afterEdit(counts, edit).map(({ span }) => span.start);
}

describe('counts beside the statements, after an edit', () => {
  it('move along with what is typed before them', () => {
    assert.deepEqual(starts({ offset: 0, removed: 0, inserted: 5 }), [15, 35]);
    assert.deepEqual(starts({ offset: 22, removed: 4, inserted: 1 }), [10, 27]);
    assert.deepEqual(starts({ offset: 10, removed: 0, inserted: 2 }), [12, 32]);
  });

  it('stay when something behind them changes', () => {
    assert.deepEqual(starts({ offset: 40, removed: 0, inserted: 9 }), [10, 30]);
  });

  it('go with the statement that was edited, and only with it', () => {
    assert.deepEqual(starts({ offset: 15, removed: 1, inserted: 0 }), [29]);
    assert.deepEqual(starts({ offset: 19, removed: 12, inserted: 0 }), []);
    assert.deepEqual(starts({ offset: 5, removed: 6, inserted: 6 }), [30]);
  });

  it('always stand at the same text', () => {
    const text = 'x'.repeat(10) + 'DELETE one' + 'y'.repeat(10) + 'DELETE two' + 'z'.repeat(5);
    fc.assert(
      fc.property(fc.nat(45), fc.nat(10), fc.string(), (offset, length, inserted) => {
        const removed = Math.min(length, text.length - offset);
        const edited = text.slice(0, offset) + inserted + text.slice(offset + removed);
        for (const { span, rows } of afterEdit(counts, { offset, removed, inserted: inserted.length })) {
          assert.equal(edited.slice(span.start, span.end), rows === 1 ? 'DELETE one' : 'DELETE two');
        }
      }),
    );
  });
});
