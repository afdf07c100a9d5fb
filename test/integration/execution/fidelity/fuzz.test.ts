import assert from 'node:assert/strict';
import { parse } from '../../../../src/cleanup/parse';
import { dryRunPlan } from '../../../../src/execution/dryRunPlan';
import { restorePlanText } from '../../../../src/execution/restorePlan';
import { runPlan } from '../../../../src/execution/runPlan';
import type { RunContext } from '../../../../src/execution/context';
import type { RunReport } from '../../../../src/model/report';
import { startCloud, type DemoCloud } from '../../../cloud/demoCloud';
import { contextOn } from '../bench';
import { bearingOut } from '../planText';
import { fullDump } from './fullDump';
import { alterations, exactFloats, plan, population } from './fuzz';
import { Random } from './random';

const instances = 12;
const seeds = [1, Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31)];

describe('rows of every type', function () {
  this.timeout(300_000);
  let cloud: DemoCloud;
  let context: RunContext;

  before(async () => {
    cloud = await startCloud({ name: 'restore-fuzz', hosts: false });
    await cloud.sql(alterations());
    // What the settings of the server are is no concern of a run.
    await cloud.sql(
      `SET GLOBAL time_zone = '-03:30', GLOBAL sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT'`,
    );
    context = await contextOn(cloud);
  });

  after(() => cloud.stop());

  function run(text: string): Promise<RunReport> {
    return runPlan(parse(text), text, { ...context, look: bearingOut(text) }, {});
  }

  function problems(report: RunReport): unknown[] {
    return report.sections.flatMap(({ outcome, problem, steps }) =>
      problem ? [[outcome, problem.message, steps.find(({ outcome: of }) => of === 'failed')?.what]] : [],
    );
  }

  for (const seed of seeds) {
    it(`come back to the byte, seed ${seed}`, async () => {
      const random = new Random(seed);
      const uuids = Array.from({ length: instances }, () => random.uuid());
      await cloud.sql(population(random, uuids));
      const [before, floats] = [await fullDump(cloud), await cloud.sql(exactFloats())];
      const text = plan(random, context, uuids);
      assert.deepEqual(parse(text).problems, []);
      const report = await run(text);
      assert.deepEqual(problems(report), []);
      assert.notEqual(await fullDump(cloud), before);
      const back = await restorePlanText(context.folder, report.run, context.clock);
      assert.deepEqual(parse(back).problems, []);
      assert.deepEqual(problems(await dryRunPlan(parse(back), back, context, {})), []);
      assert.deepEqual(problems(await run(back)), []);
      const after = await fullDump(cloud);
      assert.deepEqual(differences(before, after), []);
      assert.equal(after, before);
      assert.deepEqual(await cloud.sql(exactFloats()), floats);
    });
  }
});

/** Lines that are not in the other text, cut short: a failure shows what was lost. */
function differences(before: string, after: string): string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return old
    .flatMap((line, index) => (line === now[index] ? [] : [pointAt(line, now[index] ?? '')]))
    .slice(0, 5);
}

function pointAt(line: string, other: string): string {
  let at = 0;
  while (at < line.length && line[at] === other[at]) at += 1;
  const from = Math.max(0, at - 60);
  return `${line.slice(0, 40)} ... ${line.slice(from, at + 60)} => ${other.slice(from, at + 60)}`;
}
