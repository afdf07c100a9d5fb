export type Section = Readonly<Record<string, string | number | boolean>>;
export type Ini = Readonly<Record<string, Section>>;

/** A file that oslo.config reads. */
export function renderIni(ini: Ini): string {
  return Object.entries(ini)
    .map(([name, section]) => `[${name}]\n${renderSection(section)}`)
    .join('\n');
}

function renderSection(section: Section): string {
  return Object.entries(section)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('');
}
