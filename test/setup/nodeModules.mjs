import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './places.mjs';
import { run, say } from './processes.mjs';

/** Runs `npm ci` unless node_modules already holds what package-lock.json names. */
export async function ensureNodeModules() {
  if (isInstalled()) return;
  say('installing the npm packages of package-lock.json');
  await run('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    why: 'The npm packages could not be installed. Is the npm registry reachable?',
  });
}

/** Compares contents, not dates: a checkout touches package-lock.json without changing it. */
function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const found = packagesOf('node_modules/.package-lock.json');
  if (wanted === undefined || found === undefined) return false;
  return Object.entries(wanted)
    .filter(([path, entry]) => path !== '' && !entry.optional)
    .every(([path, entry]) => found[path]?.version === entry.version);
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}
