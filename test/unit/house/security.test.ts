import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../setup/places.mjs';

const lines = readFileSync(join(root, 'docs/security.md'), 'utf8').split('\n');
const rows = lines.filter((line) => /^\| (?!Threat|-)/.test(line));

describe('docs/security.md', () => {
  it('names a test that there is for every threat', () => {
    assert.ok(rows.length > 40);
    const wrong = rows.filter((row) => {
      const [, file = '', title = ''] = /`(test\/[\w./]+\.ts)` "([^"]+)" +\|$/.exec(row) ?? [];
      return file === '' || !titles(file).has(title);
    });
    assert.deepEqual(wrong, []);
  });
});

/** Every text in quotes: of tests that are made in a loop, the title stands in a list. */
function titles(file: string): Set<string> {
  const text = readFileSync(join(root, file), 'utf8');
  return new Set(
    [...text.matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"/g)].map(
      ([, one, two]) => one ?? two ?? '',
    ),
  );
}
