import { homedir } from 'node:os';
import { join } from 'node:path';

/** `~/` at the start of a path stands for the home folder, as in a shell. */
export function expandHome(path: string): string {
  return path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
}
