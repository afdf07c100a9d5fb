import assert from 'node:assert/strict';
import type { Zombies } from '../../../src/app/zombies';
import type { RunReport } from '../../../src/model/report';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { cloudName, fillIn, productOn } from './product';

/** Of the plan for a stuck instance that still runs: where a cancel leaves it. */
const moments = [
  { at: 0, left: 'its domain is gone' },
  { at: 1, left: 'its domain and its directory are gone' },
  { at: 3, left: 'its rows are gone from the cell, and its mapping is still there' },
] as const;

describe('a run that was stopped half-way', function () {
  this.timeout(300_000);
  let cloud: DemoCloud;
  let product: Zombies;
  let uuid: string;
  let planted: string;

  before(async () => {
    cloud = await sharedCloud();
  });

  beforeEach(async () => {
    await cloud.reset();
    product = productOn(cloud);
    uuid = cloud.planted.find(({ name }) => name === 'stuck-still-running')?.uuid ?? '';
    planted = await cloud.dump();
  });

  async function planFor(depth: 'complete' | 'mark-deleted'): Promise<string> {
    await product.scan(cloudName);
    const { text, refused } = await product.draft(cloudName, [uuid], { depth });
    assert.deepEqual(refused, []);
    return fillIn(text);
  }

  async function stopAt(step: number, text: string): Promise<RunReport> {
    const cancel = new AbortController();
    const report = await product.run(text, {
      signal: cancel.signal,
      onProgress: (done) => done === step && cancel.abort(),
    });
    assert.deepEqual(
      report.sections.map(({ outcome }) => outcome),
      ['failed'],
    );
    return report;
  }

  async function runAll(text: string): Promise<RunReport> {
    const plan = fillIn(text);
    assert.deepEqual(product.check(plan), []);
    const report = await product.run(plan);
    assert.deepEqual(
      report.sections.map(({ outcome, problem }) => problem ?? outcome),
      ['done'],
    );
    return report;
  }

  async function undo(...runs: readonly RunReport[]): Promise<void> {
    for (const { run } of runs) await runAll(await product.restorePlan(run));
    assert.equal(await cloud.dump(), planted);
  }

  /** No row says any more that it lives; what it holds in other services was a step by hand. */
  async function isDone(): Promise<void> {
    const rows = await cloud.sql(
      `SELECT (SELECT COUNT(*) FROM nova_cell1.instances WHERE uuid = '${uuid}' AND deleted = 0),
              (SELECT COUNT(*) FROM nova_api.instance_mappings
                WHERE instance_uuid = '${uuid}' AND IFNULL(queued_for_delete, 0) = 0)`,
    );
    assert.deepEqual(rows, [['0', '0']]);
  }

  for (const depth of ['complete', 'mark-deleted'] as const) {
    for (const { at, left } of moments) {
      it(`is gone on with, then taken back: ${depth}, ${left}`, async () => {
        const stopped = await stopAt(at, await planFor(depth));
        const rest = fillIn(await product.goOn(stopped.run));
        const dry = await product.dryRun(rest);
        assert.deepEqual(
          dry.sections.map(({ outcome, problem }) => problem ?? outcome),
          ['rolled-back'],
        );
        const report = await runAll(rest);
        await isDone();
        await assert.rejects(product.goOn(report.run), { code: 'not-found' });
        await undo(report, ...(at > 0 ? [stopped] : []));
      });
    }
  }

  for (const { at, left } of moments) {
    it(`is taken back as it stands: ${left}`, async () => {
      const stopped = await stopAt(at, await planFor('complete'));
      if (at > 0) await undo(stopped);
      assert.equal(await cloud.dump(), planted);
    });
  }

  for (const { at, left } of moments.slice(0, 2)) {
    it(`is found by the next scan, whose plan does the rest: ${left}`, async () => {
      await stopAt(at, await planFor('complete'));
      await product.scan(cloudName);
      const { text, refused } = await product.draft(cloudName, [uuid]);
      assert.deepEqual(refused, []);
      await runAll(text);
      await isDone();
    });
  }

  it('is found by the next scan when only its mapping is left, of which nothing but the run tells that it may go', async () => {
    await stopAt(3, await planFor('complete'));
    const { suspects } = await product.scan(cloudName);
    const found = suspects.find((suspect) => suspect.uuid === uuid);
    assert.deepEqual([found?.kind, found?.verdict], ['mapping-left-behind', 'unknown']);
    const { refused } = await product.draft(cloudName, [uuid]);
    assert.match(refused[0]?.reason ?? '', /nothing shows that it was ever deleted/);
  });

  it('does not touch the mapping of an instance whose rows came back meanwhile', async () => {
    const stopped = await stopAt(3, await planFor('complete'));
    const rest = fillIn(await product.goOn(stopped.run));
    await undo(stopped);
    const { sections } = await product.run(rest);
    assert.notEqual(sections[0]?.outcome, 'done');
    assert.equal(await cloud.dump(), planted);
  });
});
