import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { defaultThresholds } from '../../../src/model/scene';
import { border, kindsDocument } from '../../documentation/kindsDocument';

const file = path.join(__dirname, '../../../docs/kinds.md');

/** The document as the declarations have it now. */
async function expected(): Promise<string> {
  const [head = ''] = readFileSync(file, 'utf8').split(border);
  const options = await resolveConfig(file);
  return format(`${head}${kindsDocument()}\n`, { ...options, filepath: file });
}

describe('docs/kinds.md', () => {
  it('says of each kind what its declaration says', async () => {
    const text = await expected();
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, text);
    assert.equal(readFileSync(file, 'utf8'), text, 'write it anew: npm run kinds');
  });

  it('has the thresholds with their defaults', () => {
    const rows = [...readFileSync(file, 'utf8').matchAll(/^\| `(\w+Minutes)` +\| (\d+) +\|/gm)];
    assert.deepEqual(
      Object.fromEntries(rows.map(([, name, value]) => [name, Number(value)])),
      defaultThresholds,
    );
  });
});
