import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faults } from '../../faults/faults';
import { borders } from '../../faults/table';

describe('docs/reliability.md', () => {
  const text = readFileSync(join(__dirname, '../../../docs/reliability.md'), 'utf8');
  const [begin, end] = borders;
  const table = text.slice(text.indexOf(begin), text.indexOf(end));
  const rows = table
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => line.split('|').map((cell) => cell.trim()));

  it('has a line for each fault that is injected, and no other', () => {
    assert.deepEqual(
      rows.map(([, what, at]) => `${what}, ${at}`),
      faults.map(({ what, at }) => `${what}, ${at}`),
    );
    assert.ok(faults.length >= 40);
  });

  it('says in the end what the faults came to', () => {
    assert.match(table, new RegExp(`^- faults injected: ${faults.length}$`, 'm'));
    for (const word of [
      'rows lost',
      'live instances touched',
      'runs that could not be explained afterwards',
    ]) {
      assert.match(table, new RegExp(`^- ${word}: 0$`, 'm'));
    }
  });
});
