import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root } from '../setup/places.mjs';
import { counted } from './format';
import { median } from './compare';
import { keptResult, type Result } from './result';
import type { Figure, Table, Work } from './work';

const file = join(root, 'docs/performance.md');
const pictures = join(root, 'docs/performance');

/** Writes docs/performance.md from the last results of all works. */
export async function writeDocument(works: readonly Work[]): Promise<void> {
  const results = works.flatMap(({ name }) => keptResult(name) ?? []);
  const unmeasured = works.filter(({ name }) => !results.some(({ work }) => work.name === name));
  const text = [
    '# Performance',
    readFileSync(join(__dirname, 'document/method.md'), 'utf8').trim(),
    '## Overview',
    overview(results),
    ...unmeasured.map(({ title }) => `Not measured: ${title}.`),
    ...results.flatMap(section),
    readFileSync(join(__dirname, 'document/profiles.md'), 'utf8').trim(),
  ].join('\n\n');
  for (const { name, svg } of results.flatMap((result) => result.pictures)) {
    mkdirSync(pictures, { recursive: true });
    writeFileSync(join(pictures, `${name}.svg`), svg);
  }
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), parser: 'markdown' }));
}

function overview(results: readonly Result[]): string {
  return markdown(
    ['what', 'compared with', 'ratio', 'goal', ''],
    results.flatMap(({ figures }) =>
      figures.map(({ name, peer, ratio, goal, met }) => [
        name,
        peer,
        ratio.toFixed(2),
        `≤ ${goal.toFixed(2)}`,
        met ? 'met' : 'missed',
      ]),
    ),
  );
}

function section({ work, figures, notes, tables, pictures: drawn, ...run }: Result): string[] {
  const { hardware, system, software, load, commit } = run.machine;
  return [
    `## ${work.title}`,
    list(['Compared with', ...work.peers]),
    list(['Goals', ...work.goals]),
    rounds(figures),
    ...(notes.length > 0 ? [list(['Data and set-up', ...notes])] : []),
    ...tables.map(({ title, head, rows }) => `${title}\n\n${markdown(head, rows)}`),
    ...drawn.map(({ name, alt }) => `![${alt}](performance/${name}.svg)`),
    `\`npm run bench -- ${work.name}\`, ${run.finishedAt.slice(0, 10)}, ${Math.round(run.seconds)} s, at ${commit}: ` +
      `${hardware}; ${system}; ${software}; load before ${load.toFixed(1)}.`,
  ];
}

function rounds(figures: readonly Figure[]): string {
  return markdown(
    ['what', 'product', 'rounds', 'compared with', 'took', 'rounds', 'ratio', 'goal'],
    figures.map(({ name, peer, unit, ours, theirs, ratio, goal, met }) => [
      name,
      counted(median(ours), unit),
      ours.map((each) => counted(each, unit)).join(', '),
      peer,
      counted(median(theirs), unit),
      theirs.map((each) => counted(each, unit)).join(', '),
      ratio.toFixed(2),
      `≤ ${goal.toFixed(2)}, ${met ? 'met' : 'missed'}`,
    ]),
  );
}

function list([title = '', ...items]: readonly string[]): string {
  return `${title}:\n\n${items.map((item) => `- ${item}`).join('\n')}`;
}

function markdown(head: Table['head'], rows: Table['rows']): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
