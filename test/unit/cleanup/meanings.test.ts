import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { directiveMeaning, directiveNames, nearestDirective } from '../../../src/cleanup/meanings';
import { root } from '../../setup/places.mjs';

describe('what a directive means', () => {
  it('is said in the words of the documentation, of every directive', () => {
    const document = readFileSync(join(root, 'docs/plan-document.md'), 'utf8');
    const rows = [...document.matchAll(/^\| `@([a-z]+)` +\|[^|]*\| (.*?) *\|$/gm)];
    assert.deepEqual(
      Object.fromEntries(rows.map(([, name = '', meaning]) => [name, meaning])),
      Object.fromEntries(directiveNames.map((name) => [name, directiveMeaning(name)])),
    );
  });

  it('is found for a slip, and not for another word', () => {
    for (const [slip, meant] of [
      ['expct', 'expect'],
      ['instnace', 'instance'],
      ['Unit', 'unit'],
      ['comfirm', 'confirm'],
      ['param', undefined],
    ]) {
      assert.equal(nearestDirective(slip ?? ''), meant, slip);
    }
    assert.equal(directiveMeaning('constructor'), undefined);
  });
});
