import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../setup/places.mjs';

interface Locked {
  readonly integrity?: string;
  readonly link?: boolean;
}

const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const manifest = JSON.parse(read('package.json')) as Readonly<
  Record<string, Readonly<Record<string, string>>>
>;
const lock = JSON.parse(read('package-lock.json')) as { readonly packages: Readonly<Record<string, Locked>> };

describe('the packages', () => {
  it('are all named, with the reason, in docs/dependencies.md', () => {
    assert.equal(manifest.dependencies, undefined);
    const named = [...read('docs/dependencies.md').matchAll(/^\| (`.*?`) +\|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => new RegExp(`^${name.replace('*', '.*')}$`)),
    );
    const packages = Object.keys(manifest.devDependencies ?? {});
    assert.ok(packages.length > 10);
    assert.deepEqual(
      packages.filter((name) => !named.some((pattern) => pattern.test(name))),
      [],
    );
  });

  it('are held to their hashes, every one of the lock file', () => {
    const entries = Object.entries(lock.packages).filter(([path, { link }]) => path !== '' && link !== true);
    assert.ok(entries.length > 100);
    assert.deepEqual(
      entries.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path),
      [],
    );
  });
});
