import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '@vscode/vsce';
import { checkL10n } from './l10n.mjs';
import { packageExtension, vsix } from './package.mjs';
import { root } from './places.mjs';

/** Bytes and lines that the product and its sources may have at most. */
const limits = { entryBundle: 250_000, vsix: 1_500_000, lines: 350 };

const metafile = join(root, 'dist/meta.json');

const gates = {
  'the bundles are built and packaged': () => {
    // what an earlier build left must not pass for this one's
    for (const file of [vsix, metafile]) rmSync(file, { force: true });
    return packageExtension();
  },

  [`dist/extension.js is under ${limits.entryBundle} bytes`]: () => {
    atMost(limits.entryBundle, entryBundle().bytes);
  },

  'dist/extension.js holds neither mysql2 nor ssh2, nor what needs them': () => {
    const found = Object.keys(entryBundle().inputs).find((file) =>
      /node_modules\/(mysql2|ssh2)\/|^src\/(evidence|execution|app\/engine)\//.test(file),
    );
    if (found !== undefined) throw new Error(`it holds ${found}`);
  },

  [`the .vsix is under ${limits.vsix} bytes`]: () => {
    atMost(limits.vsix, statSync(vsix).size);
  },

  'the .vsix has every bundle': async () => {
    const packaged = new Set(await listFiles({ cwd: root }));
    const missing = readdirSync(join(root, 'dist')).find(
      (name) => name.endsWith('.js') && !packaged.has(`dist/${name}`),
    );
    if (missing !== undefined) throw new Error(`it lacks dist/${missing}`);
  },

  'media/l10n has every text of the source': checkL10n,

  [`no source file is over ${limits.lines} lines`]: () => {
    for (const folder of ['src', 'test']) {
      for (const file of readdirSync(join(root, folder), { recursive: true })) {
        if (!/\.(ts|mjs|cjs)$/.test(file)) continue;
        const lines = readFileSync(join(root, folder, file), 'utf8').split('\n').length;
        if (lines > limits.lines) throw new Error(`${folder}/${file} has ${lines}`);
      }
    }
  },
};

function entryBundle() {
  const meta = JSON.parse(readFileSync(metafile, 'utf8'));
  return meta.outputs['dist/extension.js'];
}

function atMost(limit, found) {
  if (found > limit) throw new Error(`it has ${found}`);
}

const result = { passed: 0, failed: 0 };
for (const [name, check] of Object.entries(gates)) {
  try {
    await check();
    console.log(` ✔ ${name}`);
    result.passed += 1;
  } catch (error) {
    console.log(` ✘ ${name}: ${error.message}`);
    result.failed += 1;
  }
}
if (process.env.TEST_RESULT_FILE) writeFileSync(process.env.TEST_RESULT_FILE, JSON.stringify(result));
process.exitCode = result.failed > 0 ? 1 : 0;
