import { setTimeout as sleep } from 'node:timers/promises';
import { inTurns } from '../../../src/model/work';
import { DraftBook } from '../../../src/app/engine/draftBook';
import { checking } from '../../../src/cleanup/check';
import { drafting } from '../../../src/cleanup/draft';
import { TypedPlan } from '../../../src/vscode/plan/typedPlan';
import { memoryState } from '../../memoryState';
import { largeInput } from '../plan/largePlan';
import { taken, watched, type Taken } from './quiet';

export interface DraftTimes {
  readonly megabytes: number;
  /** of every round that counts */
  readonly drafted: readonly Taken[];
  readonly read: readonly Taken[];
  readonly typed: readonly Taken[];
  readonly quoted: readonly Taken[];
}

/** A process of its own, as the extension host is one: `<instances> <rounds>`, the times on stdout. */
async function main([instances = '', rounds = '']: readonly string[]): Promise<void> {
  const input = largeInput(Number(instances), 3);
  const times = { drafted: [] as Taken[], read: [] as Taken[], typed: [] as Taken[], quoted: [] as Taken[] };
  let megabytes = 0;
  for (let round = 0; round <= Number(rounds); round++) {
    const drafted = await watched(async () => {
      const { text } = await inTurns(drafting(input));
      await new DraftBook(memoryState()).note(text);
      return text;
    });
    const text = drafted.value;
    megabytes = text.length / 1e6;
    const read = await watched(async () => {
      const plan = new TypedPlan({ version: 1, getText: () => text });
      await problemsOf(plan);
      return plan;
    });
    const typed = await watched(() => type(read.value, text, ' '));
    const quoted = await watched(() => type(read.value, text, "'"));
    if (round === 0) continue;
    times.drafted.push(taken(drafted));
    times.read.push(taken(read));
    times.typed.push(taken(typed));
    times.quoted.push(taken(quoted));
  }
  process.stdout.write(JSON.stringify({ megabytes, ...times } satisfies DraftTimes));
}

/** Three keystrokes in a statement in the middle of the plan, each taken back. */
async function type(plan: TypedPlan, text: string, key: string): Promise<void> {
  const rangeOffset = text.indexOf('WHERE', text.length / 2);
  for (let count = 0; count < 3; count++) {
    plan.follow(plan.version + 1, [{ rangeOffset, rangeLength: 0, text: key }]);
    await problemsOf(plan);
    plan.follow(plan.version + 1, [{ rangeOffset, rangeLength: 1, text: '' }]);
    if ((await problemsOf(plan)) > 0) throw new Error('the plan is no more what it was');
    await sleep(1);
  }
}

async function problemsOf(typed: TypedPlan): Promise<number> {
  const plan = await typed.plan();
  const { cloud = '', cells = [] } = plan.header ?? {};
  const found = await inTurns(checking(plan, { cloud, cells }));
  return plan.problems.length + found.length;
}

void main(process.argv.slice(2));
