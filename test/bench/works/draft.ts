import { execFileSync } from 'node:child_process';
import { median, within } from '../compare';
import type { DraftTimes } from '../editor/draftProcess';
import type { Taken } from '../editor/quiet';
import { counted } from '../format';
import type { Work } from '../work';

const program = 'test/bench/editor/draftProcess.ts';

export const work: Work = {
  name: 'draft',
  title: 'A plan of 10,000 instances: drafted, read, typed in',
  peers: ['a limit: how long anything else in the same process may wait'],
  goals: ['nothing else waits for more than 50 ms at a time'],
  measure(lab) {
    const instances = lab.small ? 300 : 10_000;
    const args = ['--import', 'tsx', program, String(instances), String(lab.rounds)];
    const said = execFileSync(process.execPath, args, { maxBuffer: 2 ** 20 });
    const { megabytes, ...times } = JSON.parse(said.toString()) as DraftTimes;
    lab.note(
      `a plan that removes ${instances.toLocaleString('en')} instances completely, with 15 statements for each: ${megabytes.toFixed(1)} MB, in a process of its own with the code that the extension host runs; without the databases, and without what VS Code itself does with a document of this size`,
    );
    lab.note(
      'a quote that is typed in the middle opens a text that goes on to the end of the plan: half of it is read anew',
    );
    const parts: readonly (readonly [string, readonly Taken[]])[] = [
      ['drafted, and noted as drafted', times.drafted],
      ['read and checked', times.read],
      ['three blanks typed, each taken back, and checked each time', times.typed],
      ['three quotes typed, each taken back, and checked each time', times.quoted],
    ];
    lab.table({
      title: 'The whole plan',
      head: ['part', 'time', 'longest without a turn for others'],
      rows: parts.map(([name, taken]) => [
        name,
        counted(median(taken.map(({ total }) => total)), 'ms'),
        counted(median(taken.map(({ blocked }) => blocked)), 'ms'),
      ]),
    });
    return Promise.resolve(
      parts.map(([name, taken]) =>
        within(50, { name: `longest wait: ${name}`, unit: 'ms', ours: taken.map(({ blocked }) => blocked) }),
      ),
    );
  },
};
