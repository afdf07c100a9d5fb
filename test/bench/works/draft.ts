import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { median, within } from '../compare';
import type { DraftTimes } from '../editor/draftSuite';
import { inVscode } from '../editor/inVscode';
import type { Taken } from '../editor/quiet';
import { counted } from '../format';
import { largeInput } from '../plan/largePlan';
import type { Work } from '../work';

export const work: Work = {
  name: 'draft',
  title: 'A plan of 10,000 instances in the editor',
  peers: ['a limit: what else waits in the extension host'],
  goals: ['nothing in the extension host waits for more than 50 ms at a time'],
  async measure(lab) {
    const instances = lab.small ? 400 : 10_000;
    const input = join(lab.directory, 'subjects');
    writeFileSync(input, serialize(largeInput(instances, 3)));
    const env = { BENCH_INPUT: input, BENCH_ROUNDS: String(lab.rounds) };
    const times = (await inVscode('test/bench/editor/draftSuite.ts', lab.directory, env)) as DraftTimes;
    lab.note(
      `a plan that removes ${instances.toLocaleString('en')} instances completely, with 15 statements for each: ${times.megabytes.toFixed(1)} MB`,
    );
    lab.note(
      'in the extension host of a real VS Code, beside the extension, which reads the plan as it comes and hands VS Code its diagnostics, lenses, folding ranges and outline; each part is watched for four more seconds, in which VS Code asks for them again',
    );
    lab.note(
      'a quote that is typed in the middle opens a text that goes on to the end of the plan, so that half of it is read anew',
    );
    const parts: readonly (readonly [string, readonly Taken[]])[] = [
      ['drafted and noted, without the databases', times.drafted],
      ['opened, read, checked and shown', times.shown],
      ['typed in: ten blanks, each taken out again', times.typed],
      ['typed in: ten quotes, each taken out again', times.quoted],
    ];
    lab.table({
      title: 'The plan in the editor',
      head: ['part', 'time', 'longest without a turn for others'],
      rows: parts.map(([name, taken]) => [
        name,
        counted(median(taken.map(({ total }) => total)), 'ms'),
        counted(median(taken.map(({ blocked }) => blocked)), 'ms'),
      ]),
    });
    return parts.map(([name, taken]) =>
      within(50, { name: `longest block, ${name}`, unit: 'ms', ours: taken.map(({ blocked }) => blocked) }),
    );
  },
};
