import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensure } from './needs.mjs';
import { root } from './places.mjs';
import { run, SetupError } from './processes.mjs';

const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Where the packaged extension is after packageExtension(). */
export const vsix = join(root, `${name}-${version}.vsix`);

/** Bundles for production and packages the .vsix. */
export async function packageExtension() {
  const node = (why, ...args) => run(process.execPath, args, { why, cwd: root });
  await node('The bundles could not be built.', 'esbuild.mjs', '--production');
  const vsce = ['node_modules/@vscode/vsce/vsce', 'package', '--no-dependencies', '--out', vsix];
  // The README names files of the repository, which has no address yet that they could be rewritten to.
  vsce.push('--no-rewrite-relative-links');
  await node('The .vsix could not be packaged.', ...vsce);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await ensure(['npm']);
    await packageExtension();
    console.log(vsix);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
