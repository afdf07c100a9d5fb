import { parseArgs } from 'node:util';
import { writeDocument } from './document';
import { figureLine } from './format';
import { WorkLab } from './lab';
import { thisMachine } from './machine';
import { keepResult, type Result } from './result';
import type { Work } from './work';
import { loadWorks } from './works';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, small: { type: 'boolean' }, write: { type: 'boolean' } },
});

let lab: WorkLab | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => void lab?.close().finally(() => process.exit(130)));
}

/** Measures the works that are named, or all, tells the figures, and writes the document when it is asked to. */
async function main(): Promise<void> {
  const small = options.small === true;
  if (small && options.write) throw new Error('small populations are not written into the document');
  const works = await loadWorks();
  const unknown = positionals.filter((name) => works.every((work) => work.name !== name));
  if (unknown.length > 0) {
    throw new Error(
      `no such work: ${unknown.join(', ')}; there are ${works.map(({ name }) => name).join(', ')}`,
    );
  }
  const asked = works.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const results: Result[] = [];
  for (const work of asked) {
    try {
      results.push(await measure(work, small));
    } catch (error) {
      console.error(error);
      process.exitCode = 1;
    }
  }
  if (!small) results.forEach(keepResult);
  if (options.write) await writeDocument(works);
  if (options.json) {
    const figures = results.flatMap(({ work, figures: of }) =>
      of.map(({ name, ratio, goal, met }) => ({ name: `${work.name}: ${name}`, ratio, goal, met })),
    );
    console.log(JSON.stringify({ results: figures }));
  }
}

async function measure(work: Work, small: boolean): Promise<Result> {
  const { name, title, peers, goals } = work;
  console.log(`\n== ${name}: ${title}`);
  const machine = await thisMachine();
  const start = performance.now();
  lab = new WorkLab(name, small);
  try {
    const figures = await work.measure(lab);
    for (const figure of figures) console.log(figureLine(figure));
    return {
      work: { name, title, peers, goals },
      figures,
      ...lab.told,
      machine,
      finishedAt: new Date().toISOString(),
      seconds: (performance.now() - start) / 1000,
    };
  } finally {
    await lab.close();
    lab = undefined;
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
