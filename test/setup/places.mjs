import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** A path in the git-ignored folder that holds everything the rig downloads and makes. */
export function local(...names) {
  return join(root, '.local', ...names);
}
