import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Work } from './work';

const folder = join(__dirname, 'works');

/** Every file of `works/` is a work of its name. */
export async function loadWorks(): Promise<Work[]> {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => basename(file, '.ts'));
  return Promise.all(
    names.sort().map(async (name) => {
      const { work } = (await import(join(folder, name))) as { readonly work?: Work };
      if (work?.name !== name) throw new Error(`works/${name}.ts does not export a work of its name`);
      return work;
    }),
  );
}
