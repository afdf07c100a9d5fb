import assert from 'node:assert/strict';
import { pieces } from '../../../src/app/pieces';

describe('the pieces of a text', () => {
  it('are whole lines, and together the text', () => {
    const text = 'one\ntwo\r\nthree 🦓\n\nlast';
    assert.deepEqual([...pieces(text, 4)], ['one\ntwo\r\n', 'three 🦓\n', '\nlast']);
    assert.deepEqual([...pieces(text, 100)], [text]);
    assert.deepEqual([...pieces('', 4)], []);
  });
});
