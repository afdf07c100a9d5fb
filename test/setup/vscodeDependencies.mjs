import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes the dependencies of code-server 4.105's lib/vscode installable from the npm registry on Linux: its shrinkwrap
 * names a git repository for @parcel/watcher, and packages that are for Windows or need Kerberos' headers.
 * @param {string} vscode the folder lib/vscode
 */
export function useRegistryDependencies(vscode) {
  const file = join(vscode, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  const unwanted = /^(kerberos|@vscode\/windows-.*)$/;
  const kept = Object.entries(manifest.dependencies).filter(([name]) => !unwanted.test(name));
  manifest.dependencies = { ...Object.fromEntries(kept), '@parcel/watcher': '^2.5.1' };
  delete manifest.overrides;
  writeFileSync(file, JSON.stringify(manifest, undefined, 2));
  rmSync(join(vscode, 'npm-shrinkwrap.json'), { force: true });
}
