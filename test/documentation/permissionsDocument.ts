import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const text = readFileSync(join(__dirname, '../../docs/permissions.md'), 'utf8');

/** The first block of code of a language below a heading of docs/permissions.md. */
export function permissionsBlock(heading: string, language: string): string {
  const section = text.split(new RegExp(`^#+ ${heading}$`, 'm'))[1]?.split(/^#+ /m)[0] ?? '';
  const block = section.split('```' + language + '\n')[1]?.split('```')[0];
  if (block === undefined) throw new Error(`docs/permissions.md has no ${language} below ${heading}`);
  return block;
}

/** The GRANTs below a heading for an account of the demo cloud, which has two cells beside cell0. */
export function grantsOf(heading: string, password: string): string {
  return permissionsBlock(heading, 'sql')
    .replaceAll('192.0.2.10', '127.0.0.1')
    .replaceAll("'...'", `'${password}'`)
    .replace(/^.*nova_cell1.*$/gm, (line) => `${line}\n${line.replaceAll('nova_cell1', 'nova_cell2')}`);
}
