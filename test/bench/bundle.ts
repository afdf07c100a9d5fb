import { execFile } from 'node:child_process';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { build, type Plugin } from 'esbuild';
import { root } from '../setup/places.mjs';

/** What the product loads at first use, by the name of its bundle in `dist`. */
const shipped = { ssh2: 'ssh2', '@rgrove/parse-xml': 'parse-xml', '@vscode/l10n': 'l10n' };

const asShipped: Plugin = {
  name: 'as-shipped',
  setup(builder) {
    for (const [name, bundle] of Object.entries(shipped)) {
      const path = `${root}/dist/${bundle}.js`;
      builder.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path, external: true }));
    }
  },
};

/**
 * Bundles a program of the bench, with the product's code that it imports as it is shipped: minified, and the packages
 * in bundles of their own without native parts (esbuild.mjs). Gives the file to run.
 */
export async function bundled(entry: string, folder: string): Promise<string> {
  await promisify(execFile)(process.execPath, ['esbuild.mjs', '--production'], { cwd: root });
  const outfile = `${folder}/${basename(entry, '.ts')}.js`;
  await build({
    entryPoints: [entry],
    outfile,
    absWorkingDir: root,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minify: true,
    supported: { 'dynamic-import': false },
    plugins: [asShipped],
    logLevel: 'warning',
  });
  return outfile;
}
