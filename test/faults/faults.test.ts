import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { onlyRun, runInto, runThrough, restOf, undoAll, type End } from './drive';
import { misleading } from './explained';
import type { Fault } from './fault';
import { faults } from './faults';
import { Stage } from './stage';
import { doneWords, tableOf, withTable, type Result } from './table';
import { differing, missing } from './tally';

const document = 'docs/reliability.md';

describe('a run into which a fault is injected', function () {
  this.timeout(120_000);
  const results: Result[] = [];
  let stage: Stage;
  let plan: string;
  let rows: string;
  let bystanders: string;
  let hosts: Awaited<ReturnType<Stage['subject']['hostState']>>;

  before(async function () {
    this.timeout(300_000);
    stage = await Stage.build();
    await remember();
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    await stage.rebuild();
    await remember();
  });

  after(() => stage.close());

  /** What is there before a fault, and which rows are the others': those that a run without a fault leaves. */
  async function remember(): Promise<void> {
    plan = await stage.subject.plan(stage.context());
    [rows, hosts] = [await stage.cloud.dump(), await stage.subject.hostState()];
    await stage.begin();
    await runThrough(plan, stage.context());
    bystanders = await stage.cloud.dump();
    await undoAll(stage.context());
    await stage.bringDomainBack();
    await stage.end();
    assert.equal(await stage.cloud.dump(), rows);
    assert.deepEqual(await stage.subject.hostState(), hosts);
  }

  /** Rows of others that are not as they were, and directories and domains of others. */
  function touched(dump: string, host: typeof hosts): number {
    return missing(bystanders, dump).length + differing(host.others, hosts.others).length;
  }

  async function recover(fault: Fault, text: string, end: End): Promise<string> {
    const context = stage.context();
    const run = await onlyRun(context.folder);
    const rest = run === undefined ? text : await restOf(run, context);
    const isWhole = rest === text;
    if (rest === undefined || fault.way === 'undo') return rest === undefined ? 'none is needed' : 'undo';
    await runThrough(rest, context);
    assert.equal(
      doneWords(await stage.subject.world()),
      'everything',
      `not gone on with: ${JSON.stringify(end)}`,
    );
    return isWhole ? 'the plan is run again' : 'go on';
  }

  for (const fault of faults) {
    it(`loses nothing: ${fault.what}, ${fault.at}`, async () => {
      await stage.begin();
      try {
        await fault.prepare?.(stage);
        const text = fault.depth ? await stage.subject.plan(stage.context(), fault.depth) : plan;
        const end = await runInto(fault, text, stage);
        const world = await stage.subject.world();
        const wrong = await misleading(end, world, stage.context());
        const midway = touched(await stage.cloud.dump(), await stage.subject.hostState());
        await fault.check?.(stage);
        const way = await recover(fault, text, end);
        await undoAll(stage.context());
        await stage.bringDomainBack();
        await fault.tidy?.(stage);
        const [dump, host] = [await stage.cloud.dump(), await stage.subject.hostState()];
        results.push({
          fault,
          left: fault.either ?? doneWords(world),
          way: fault.either === undefined ? way : fault.way,
          rowsLost: missing(rows, dump).length,
          liveTouched: midway + touched(dump, host),
          unexplained: wrong === undefined ? 0 : 1,
        });
        assert.equal(wrong, undefined);
        assert.deepEqual(differing(rows, dump), []);
        assert.deepEqual(host, hosts);
        assert.equal(midway, 0);
      } finally {
        await stage.end();
      }
    });
  }

  it(`${document} says what came of each`, async () => {
    assert.equal(results.length, faults.length);
    const written = readFileSync(document, 'utf8');
    const options = await resolveConfig(document);
    const expected = await format(withTable(written, tableOf(results)), { ...options, filepath: document });
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(document, expected);
    assert.equal(readFileSync(document, 'utf8'), expected, 'write it anew: UPDATE_GOLDEN=1 npm run faults');
  });
});
