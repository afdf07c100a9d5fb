import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { thisRunner } from '../../../src/app/runner';
import { unfinishedRuns } from '../../../src/app/unfinishedRuns';
import type { Runner } from '../../../src/model/runner';

const first = '20261123T103107Z-aaaaaa';
const second = '20261123T113107Z-bbbbbb';

describe('unfinished runs', () => {
  let folder: string;
  let dead: Runner;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'openstack-zombies-runs-'));
    dead = { ...(await thisRunner()), started: '1' };
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function write(run: string, begun: object, ...lines: readonly (object | string)[]): Promise<void> {
    await mkdir(join(folder, run));
    const at = '2026-11-23T10:31:07Z';
    const all = [
      {
        event: 'run-begun',
        run,
        plan: 'p',
        cloud: 'prod',
        cells: [],
        purpose: 'cleanup',
        runner: dead,
        ...begun,
      },
      ...lines,
    ].map((line) => (typeof line === 'string' ? line : `${JSON.stringify({ at, ...line })}\n`));
    await writeFile(join(folder, run, 'journal.jsonl'), all.join(''));
  }

  const found = async (): Promise<string[]> => (await unfinishedRuns(folder)).map(({ run }) => run);
  const ended = { event: 'run-ended', outcome: 'stopped' };
  const left = { event: 'left' };

  it('are those without an end, whose process is gone; the newest first', async () => {
    await write(first, {}, { event: 'step-begun', section: 'u', name: '', step: 's' }, '{"at":"2026-11-2');
    await write(second, {});
    assert.deepEqual(await found(), [second, first]);
    const [newest] = await unfinishedRuns(folder);
    assert.deepEqual(newest, {
      run: second,
      cloud: 'prod',
      purpose: 'cleanup',
      startedAt: '2026-11-23T10:31:07Z',
    });
  });

  it('are none that ended or were left, whatever was found out about their transactions later', async () => {
    const committed = { event: 'committed', fragment: 'x'.repeat(3000) };
    await write(first, {}, ended, committed, committed);
    await write(second, {}, committed, left);
    assert.deepEqual(await found(), []);
  });

  it('are none that still run, in whatever window, or that may run on another machine', async () => {
    await write(first, { runner: await thisRunner() });
    await write(second, { runner: { ...dead, host: 'another' } });
    assert.deepEqual(await found(), []);
  });

  it('are none that were gone on with, or taken back', async () => {
    await write(first, {});
    await write(second, { of: first }, ended);
    assert.deepEqual(await found(), []);
  });

  it('are offered again when what took them up was interrupted too: the later one', async () => {
    await write(first, { of: 'r', purpose: 'restore' });
    await write(second, { of: 'r', purpose: 'restore' });
    assert.deepEqual(await found(), [second]);
  });

  it('are none where no plan was ever run, and where there is only rubbish', async () => {
    assert.deepEqual(await unfinishedRuns(join(folder, 'nowhere')), []);
    await mkdir(join(folder, first));
    await writeFile(join(folder, 'audit.jsonl'), '');
    assert.deepEqual(await found(), []);
  });
});
