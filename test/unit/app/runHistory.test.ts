import assert from 'node:assert/strict';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunSummary } from '../../../src/app/api';
import { thisRunner } from '../../../src/app/runner';
import { runHistory } from '../../../src/app/engine/runHistory';

const cleanup = '20261123T103107Z-aaaaaa';
const restore = '20261123T113107Z-bbbbbb';

describe('the history of runs', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'openstack-zombies-runs-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function write(
    run: string,
    purpose: string,
    lines: readonly object[],
    plan = '',
    more: object = {},
  ): Promise<void> {
    await mkdir(join(folder, run));
    const at = '2026-11-23T10:31:07Z';
    const begun = { event: 'run-begun', run, plan: 'p', cloud: 'prod', cells: [], purpose, ...more };
    const journal = [begun, ...lines].map((line) => `${JSON.stringify({ at, ...line })}\n`).join('');
    await writeFile(join(folder, run, 'journal.jsonl'), journal);
    await writeFile(join(folder, run, 'plan.cleanup.sql'), plan);
  }

  async function only(run: string): Promise<RunSummary | undefined> {
    return (await runHistory(folder)).find((each) => each.run === run);
  }

  const move = { section: 'u-2', name: '', host: 'h', path: '/p', to: '/q', bytes: 1 };
  const prepared = { event: 'prepared', section: 'u-1', name: '', database: 'api', fragment: '1.sql' };
  const ended = { event: 'step-ended', step: 's', outcome: 'done' };

  it('counts instances, rows and directories of a run that ended', async () => {
    const moved = { event: 'moved', ...move };
    await write(cleanup, 'cleanup', [
      prepared,
      { event: 'committed', fragment: '1.sql' },
      { ...ended, section: 'u-1' },
      { event: 'moving', ...move },
      moved,
      { event: 'run-ended', outcome: 'done' },
    ]);
    const steps = [
      { outcome: 'done', expected: 2, rows: 2 },
      { outcome: 'done', rows: 9 },
      { outcome: 'refused', expected: 4 },
    ];
    await writeFile(join(folder, cleanup, 'report.json'), JSON.stringify({ sections: [{ steps }] }));
    const { instances, rows, directories, restored, plan, outcome } = (await only(cleanup)) ?? {};
    assert.deepEqual(
      { instances, rows, directories, restored, plan, outcome },
      { instances: 2, rows: 2, directories: 1, restored: 0, plan: 'p', outcome: 'done' },
    );
  });

  it('counts nothing of a run that changed nothing', async () => {
    const refused = { event: 'step-ended', section: 'u-3', step: 's', outcome: 'refused' };
    const lines = [
      prepared,
      { event: 'void', fragment: '1.sql' },
      { event: 'moving', ...move },
      { event: 'not-moved', ...move },
      refused,
    ];
    await write(cleanup, 'cleanup', lines);
    assert.equal((await only(cleanup))?.instances, 0);
  });

  it('counts what a run that died may have changed', async () => {
    await write(cleanup, 'cleanup', [prepared]);
    const summary = await only(cleanup);
    assert.equal(summary?.instances, 1);
    assert.equal(summary.outcome, 'interrupted');
    assert.equal(summary.rows, undefined);
  });

  it('knows which instances a later run took back', async () => {
    const done = ['u-1', 'u-2'].map((section) => ({ ...ended, section }));
    await write(cleanup, 'cleanup', done);
    await write(restore, 'restore', done.slice(0, 1), '', { of: cleanup });
    assert.equal((await only(cleanup))?.restored, 1);
    const { purpose, of } = (await only(restore)) ?? {};
    assert.deepEqual([purpose, of], ['restore', cleanup]);
  });

  it('tells a run that goes on from one that was interrupted, and from one that was left', async () => {
    const runner = await thisRunner();
    await write(cleanup, 'cleanup', [], '', { runner });
    const outcome = async (ours: readonly string[] = []): Promise<string | undefined> =>
      (await runHistory(folder, new Set(ours)))[0]?.outcome;
    assert.equal(await outcome([cleanup]), 'running');
    assert.equal(await outcome(), 'interrupted');
    await write(restore, 'cleanup', [{ event: 'left' }], '', { runner: { ...runner, started: '1' } });
    assert.equal(await outcome(), 'left');
  });

  it('names the machine of a run that may still run there', async () => {
    await write(cleanup, 'cleanup', [], '', { runner: { host: 'another', pid: 1 } });
    const { outcome, machine } = (await only(cleanup)) ?? {};
    assert.deepEqual([outcome, machine], ['interrupted', 'another']);
  });

  it('takes the end of a run for its end, whatever was found out later', async () => {
    const late = [
      { event: 'run-ended', outcome: 'stopped' },
      { event: 'committed', fragment: '1.sql' },
    ];
    await write(cleanup, 'cleanup', late);
    assert.equal((await only(cleanup))?.outcome, 'stopped');
  });
});
