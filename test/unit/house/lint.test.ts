import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { root } from '../../setup/places.mjs';

const eslint = new ESLint({ cwd: root });

/** The rules that the text breaks, as if it were the file's. The file must exist: type-checked rules look it up. */
async function broken(file: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: join(root, file) });
  assert.ok(result);
  return result.messages.map(({ ruleId, message }) => ruleId ?? message);
}

function someFileOf(room: string): string {
  const name = readdirSync(join(root, 'src', room)).find((file) => file.endsWith('.ts'));
  assert.ok(name, `src/${room} has no file`);
  return `src/${room}/${name}`;
}

const imports = '@typescript-eslint/no-restricted-imports';
const syntax = 'no-restricted-syntax';

/** From the lowest room to the highest: what each may import. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  model: [],
  zombies: ['model'],
  cleanup: ['model'],
  cloud: ['model'],
  evidence: ['cloud', 'model'],
  execution: ['cleanup', 'evidence', 'cloud', 'model'],
  app: ['execution', 'cleanup', 'zombies', 'evidence', 'cloud', 'model'],
  vscode: ['app', 'model'],
};
const rooms = Object.keys(arrows);

describe('the arrows between the rooms', function () {
  // the first text that is linted makes ESLint read the types of the whole project
  this.timeout(180_000);

  for (const [room, allowed] of Object.entries(arrows)) {
    it(`lets src/${room} import from ${allowed.join(', ') || 'nothing'}`, async () => {
      const file = someFileOf(room);
      for (const other of rooms.filter((name) => name !== room)) {
        const expected = allowed.includes(other) ? [] : [imports];
        assert.deepEqual(await broken(file, `export type { A } from '../${other}/a';\n`), expected, other);
      }
    });
  }

  it('holds for a subfolder, for import() and for the type import()', async () => {
    const file = someFileOf('model');
    assert.deepEqual(await broken(file, `export * from '../../cloud/a';\n`), [imports]);
    assert.ok(
      (await broken(file, `export const a = (): unknown => import('../cloud/a');\n`)).includes(syntax),
    );
    assert.ok((await broken(file, `export type A = import('../cloud/a').A;\n`)).includes(syntax));
  });

  it('lets src/extension.ts see vscode, app and model alone', async () => {
    for (const room of rooms) {
      const expected = ['vscode', 'app', 'model'].includes(room) ? [] : [imports];
      assert.deepEqual(await broken('src/extension.ts', `export * from './${room}/a';\n`), expected, room);
    }
  });

  it('keeps the product from its tests and from its own entry', async () => {
    const file = someFileOf('app');
    assert.deepEqual(await broken(file, `export * from '../../test/cloud/demoCloud';\n`), [imports]);
    assert.deepEqual(await broken(file, `export * from '../extension';\n`), [imports]);
  });

  it('lets only src/vscode and src/extension.ts know VS Code', async () => {
    const text = `export type { Uri } from 'vscode';\n`;
    for (const room of rooms) {
      assert.deepEqual(await broken(someFileOf(room), text), room === 'vscode' ? [] : [imports], room);
    }
    assert.deepEqual(await broken('src/extension.ts', text), []);
  });

  it('keeps Node, mysql2 and ssh2 out of the pure rooms', async () => {
    for (const room of ['model', 'zombies', 'cleanup']) {
      const file = someFileOf(room);
      for (const name of ['node:fs', 'fs', 'fs/promises', 'mysql2', 'ssh2']) {
        assert.ok(
          (await broken(file, `export type { A } from '${name}';\n`)).includes(imports),
          `${room} ${name}`,
        );
      }
      const text = `export const load = (): Promise<unknown> => import('mysql2');\n`;
      assert.ok((await broken(file, text)).includes(syntax), room);
    }
  });
});

describe('the rules of the house', function () {
  this.timeout(180_000);

  it('forbid a static import of mysql2 and ssh2, not of their types, and not import()', async () => {
    const file = someFileOf('cloud');
    assert.deepEqual(await broken(file, `export { createConnection } from 'mysql2';\n`), [imports]);
    assert.deepEqual(await broken(file, `export { Client } from 'ssh2';\n`), [imports]);
    assert.deepEqual(await broken(file, `export { Pool } from 'mysql2/promise';\n`), [imports]);
    assert.deepEqual(await broken(file, `export type { Client } from 'ssh2';\n`), []);
    const lazy = `export const load = (): Promise<unknown> => import('mysql2');\n`;
    assert.deepEqual(await broken(file, lazy), []);
  });

  it('have commands registered in one place', async () => {
    const text = `import * as vscode from 'vscode';\nvscode.commands.registerCommand('a', () => undefined);\n`;
    assert.deepEqual(await broken('src/extension.ts', text), [syntax]);
    assert.deepEqual(await broken('src/vscode/registerCommands.ts', text), []);
  });

  const snippets: Readonly<Record<string, string>> = {
    [syntax]: 'export default 1;\n',
    '@typescript-eslint/no-explicit-any': 'export const f = (a: any): boolean => a === 1;\n',
    '@typescript-eslint/no-non-null-assertion': 'export const f = (a?: string): string => a!;\n',
    '@typescript-eslint/explicit-module-boundary-types': 'export function f() {\n  return 1;\n}\n',
    '@typescript-eslint/consistent-type-imports': `import { A } from './errors';\nexport type B = A;\n`,
    '@typescript-eslint/no-floating-promises': 'export function f(a: Promise<void>): void {\n  a;\n}\n',
    '@typescript-eslint/switch-exhaustiveness-check': `export function f(a: 'x' | 'y'): void {\n  switch (a) {\n    case 'x':\n  }\n}\n`,
    'max-lines': 'export {};\n'.repeat(301),
  };
  for (const [rule, text] of Object.entries(snippets)) {
    it(`catch what ${rule} forbids`, async () => {
      assert.ok((await broken(someFileOf('model'), text)).includes(rule));
    });
  }

  it('hold the manifest to its own', async () => {
    const rules = await broken('package.json', '{ "name": "Bad Name", "version": "x" }\n');
    assert.ok(rules.includes('package-json/valid-version'), rules.join());
  });
});
