import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundled } from '../bundle';
import { figureOf, within } from '../compare';
import { countStatements, largePlan } from '../plan/largePlan';
import type { ReadTimes } from '../plan/readProcess';
import type { Work } from '../work';

export const work: Work = {
  name: 'plan-text',
  title: 'Reading a plan of 10 MB and 20,000 statements',
  peers: [
    'one pass over the same string that looks at every code unit (a loop of charCodeAt), in the same process',
  ],
  goals: [
    'reading the text to steps with their positions takes at most 10 times as long as the pass',
    'after a keystroke in the text the plan is there again within 5 ms at the median',
  ],
  async measure(lab) {
    const text = largePlan(lab.small ? 50 : 1334);
    const file = join(lab.directory, 'large.cleanup.sql');
    writeFileSync(file, text);
    const program = await bundled('test/bench/plan/readProcess.ts', lab.directory);
    const said = execFileSync(process.execPath, [program, file, String(2 * lab.rounds + 1)]);
    const { pass, read, keystroke } = JSON.parse(said.toString()) as ReadTimes;
    lab.note(
      `the plan that the product drafts to remove instances completely: ${(text.length / 1e6).toFixed(1)} MB, ${countStatements(text).toLocaleString('en')} statements`,
    );
    lab.note(
      'a round of keystrokes is the median of 50, spread over the text; three rounds before do not count',
    );
    return [
      figureOf({
        name: 'reading a plan',
        peer: 'one pass over its text',
        unit: 'ms',
        goal: 10,
        ours: read,
        theirs: pass,
      }),
      within(5, { name: 'a keystroke in it', unit: 'ms', ours: keystroke }),
    ];
  },
};
