import { ensureDemoPackages, ensureGaleraPackages, ensureOpenstackPackages } from './debianPackages.mjs';
import { ensureMysql } from './mysql.mjs';
import { ensureNodeModules } from './nodeModules.mjs';
import { SetupError } from './processes.mjs';
import { ensureVscode } from './vscode.mjs';

const suppliers = {
  npm: ensureNodeModules,
  debian: ensureDemoPackages,
  galera: ensureGaleraPackages,
  openstack: ensureOpenstackPackages,
  mysql: ensureMysql,
  newest: () => ensureVscode('newest'),
  oldest: () => ensureVscode('oldest'),
};

/**
 * Sees to it that the machine has what is named, in the given order; at once when it already has.
 * @param {readonly (keyof typeof suppliers)[]} names
 */
export async function ensure(names) {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new SetupError(`Node 20 or newer is needed, this is ${process.version}.`);
  }
  for (const name of names) await suppliers[name]();
}
