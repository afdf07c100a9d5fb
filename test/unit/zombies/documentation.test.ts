import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { defaultThresholds } from '../../../src/model/scene';
import { kinds } from '../../../src/zombies/kinds';

const text = readFileSync(path.join(__dirname, '../../../docs/kinds.md'), 'utf8');

/** Sections by their headings. */
const sections = new Map(
  text
    .split(/^## /m)
    .slice(1)
    .map((section): [string, string] => {
      const end = section.indexOf('\n');
      return [section.slice(0, end), section.slice(end)];
    }),
);

function section(heading: string): string {
  return sections.get(heading) ?? assert.fail(`docs/kinds.md has no section "${heading}"`);
}

/** First cells of the tables, where they are in backquotes. */
function ids(heading: string): readonly string[] {
  return [...section(heading).matchAll(/^\| `([^`]+)` +\|/gm)].map(([, id]) => id ?? '');
}

function listAfter(word: string, heading: string): readonly string[] {
  const [, list] = new RegExp(`${word}: ([^.]+)\\.`).exec(section(heading)) ?? [];
  return (list ?? '').split(', ');
}

describe('docs/kinds.md', () => {
  it('has the kinds in their order', () => {
    const known: readonly string[] = kinds.map(({ id }) => id);
    assert.deepEqual(
      [...sections.keys()].filter((heading) => known.includes(heading)),
      known,
    );
  });

  it('has the thresholds with their defaults', () => {
    const rows = [...section('Thresholds').matchAll(/^\| `(\w+)` +\| (\d+) +\|/gm)];
    assert.deepEqual(
      Object.fromEntries(rows.map(([, name, value]) => [name, Number(value)])),
      defaultThresholds,
    );
  });

  for (const kind of kinds) {
    describe(kind.id, () => {
      it('names the traps that are checked, and no others', () => {
        const about = section(kind.id);
        const shared = [
          ...(about.includes('Traps of every kind') ? ids('Every kind') : []),
          ...(about.includes('and of a live row') ? ids('Every kind about a live row') : []),
        ];
        assert.deepEqual([...shared, ...ids(kind.id)], kind.traps);
      });

      it('names its sources and its thresholds', () => {
        assert.deepEqual(listAfter('Needs', kind.id), kind.needs);
        assert.deepEqual(listAfter('Thresholds', kind.id), kind.thresholds);
      });
    });
  }
});
