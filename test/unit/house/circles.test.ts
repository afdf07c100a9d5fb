import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from '../../setup/places.mjs';

const source = join(root, 'src');

/** Relative imports by file, types too: who reads one file of a circle has to read all of it. */
function importsOf(folder: string): Map<string, string[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  return new Map(
    files.map((name) => {
      const file = join(folder, name);
      const from = [...readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)];
      const imported = from.map(([, path = '']) => `${join(dirname(file), path)}.ts`);
      return [file, imported.filter((path) => existsSync(path))];
    }),
  );
}

/** The first way that leads from a file back to itself. */
function circleIn(imports: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const walk = (file: string, way: readonly string[]): string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of imports.get(file) ?? []) {
      const circle = walk(next, [...way, file]);
      if (circle) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of imports.keys()) {
    const circle = walk(file, []);
    if (circle) return circle;
  }
  return undefined;
}

describe('the files of src', () => {
  it('import each other in no circle', () => {
    const imports = importsOf(source);
    assert.ok([...imports.values()].flat().length > 1000);
    assert.deepEqual(
      circleIn(imports)?.map((file) => relative(source, file)),
      undefined,
    );
  });

  it('would show a circle', () => {
    const [a, b, c] = ['a', 'b', 'c'];
    assert.deepEqual(
      circleIn(
        new Map([
          [a, [b]],
          [b, [c]],
          [c, [b]],
        ]),
      ),
      [b, c, b],
    );
  });
});
