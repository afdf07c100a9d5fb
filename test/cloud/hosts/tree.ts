import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readSync, lstatSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** One line for everything below a directory: type, size, last write in seconds, contents, name. */
export function treeOf(directory: string): string {
  return walk(directory, '').join('\n');
}

/** The first bytes of a file. */
export function headOf(path: string, bytes: number): Buffer {
  const head = Buffer.alloc(bytes);
  const file = openSync(path, 'r');
  try {
    return head.subarray(0, readSync(file, head, 0, bytes, 0));
  } finally {
    closeSync(file);
  }
}

/** Length and checksum of the first 512 KiB, where an empty qcow2 has all that it holds. */
function contentsOf(path: string, size: number): string {
  return `${size} ${createHash('sha1').update(headOf(path, 524_288)).digest('hex')}`;
}

function walk(directory: string, prefix: string): string[] {
  return readdirSync(directory)
    .sort()
    .flatMap((name) => {
      const path = join(directory, name);
      const stat = lstatSync(path);
      const written = Math.floor(stat.mtimeMs / 1000);
      if (stat.isDirectory()) return [`d ${written} ${prefix}${name}`, ...walk(path, `${prefix}${name}/`)];
      const contents = stat.isSymbolicLink() ? readlinkSync(path) : contentsOf(path, stat.size);
      return [`f ${written} ${contents} ${prefix}${name}`];
    });
}
