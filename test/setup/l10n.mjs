import { readdirSync, readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { root } from './places.mjs';

const bundleFile = join(root, 'media/l10n/bundle.l10n.json');

/** All texts of the source that translators need, as VS Code's own tool finds them. */
async function extract() {
  const files = readdirSync(join(root, 'src'), { recursive: true }).filter((name) => name.endsWith('.ts'));
  const contents = files
    .sort()
    .map((name) => ({ extension: '.ts', contents: readFileSync(join(root, 'src', name), 'utf8') }));
  const texts = await getL10nJson(contents);
  const sorted = Object.fromEntries(
    Object.keys(texts)
      .sort()
      .map((key) => [key, texts[key]]),
  );
  return `${JSON.stringify(sorted, null, 2)}\n`;
}

/** Throws unless media/l10n holds exactly the texts of the source. */
export async function checkL10n() {
  if ((await extract()) !== readFileSync(bundleFile, 'utf8')) {
    throw new Error('it is not what the source says; run npm run l10n');
  }
}

if (process.argv[1] === import.meta.filename) {
  mkdirSync(dirname(bundleFile), { recursive: true });
  writeFileSync(bundleFile, await extract());
}
