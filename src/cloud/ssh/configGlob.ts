import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The files that an absolute path with `*`, `?` and `[...]` names, sorted: what Include takes, glob(7). */
export async function globFiles(path: string): Promise<string[]> {
  let found = ['/'];
  for (const part of path.split('/').filter((each) => each !== '')) {
    found = (await Promise.all(found.map((folder) => children(folder, part)))).flat();
  }
  const present = await Promise.all(found.map((file) => stat(file).catch(() => undefined)));
  return found.filter((_file, index) => present[index]?.isFile() === true);
}

async function children(folder: string, part: string): Promise<string[]> {
  if (!/[*?[\\]/.test(part)) return [join(folder, part)];
  const pattern = regExpOf(part);
  const names = await readdir(folder).catch((): string[] => []);
  const visible = names.filter((name) => part.startsWith('.') || !name.startsWith('.'));
  return visible
    .filter((name) => pattern.test(name))
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) => join(folder, name));
}

function regExpOf(part: string): RegExp {
  const source = part.replace(
    /\\(.)|\[([!^]?)(\]?[^\]]*)\]|\*+|[^]/g,
    (all: string, escaped?: string, not?: string, set?: string) => {
      if (escaped !== undefined) return literal(escaped);
      if (set !== undefined) return `[${not ? '^' : ''}${set.replace(/[\\\]^[]/g, '\\$&')}]`;
      if (all === '?') return '[^]';
      return all.startsWith('*') ? '[^]*' : literal(all);
    },
  );
  try {
    return new RegExp(`^${source}$`);
  } catch {
    // A range such as [z-a] matches nothing.
    return /^(?!)/;
  }
}

function literal(char: string): string {
  return char.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
