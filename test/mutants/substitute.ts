import { transformSync } from 'esbuild';
import { createRequire } from 'node:module';
import { sep } from 'node:path';

/** What node's own loader calls with the code of a module; its types leave it out. */
interface Compiling {
  _compile(code: string, file: string): void;
}

type Loader = (module: NodeJS.Module & Compiling, file: string) => void;

// tsx hooks in here, too
const { extensions, cache } = createRequire(__filename);
const loaders = extensions as unknown as Record<'.ts', Loader>;
const load = loaders['.ts'];
const sources = new Map<string, string>();

loaders['.ts'] = (module, file) => {
  const text = sources.get(file);
  if (text === undefined) load(module, file);
  else module._compile(transformSync(text, { loader: 'ts', format: 'cjs', target: 'es2023' }).code, file);
};

/** From now on the file is loaded with this text in its place; nothing that was loaded before is used again. */
export function substitute(file: string, text: string): void {
  sources.clear();
  sources.set(file, text);
  const stale = [`${sep}src${sep}zombies${sep}`, `${sep}test${sep}unit${sep}zombies${sep}`];
  for (const loaded of Object.keys(cache)) {
    if (stale.some((folder) => loaded.includes(folder))) delete cache[loaded];
  }
}
