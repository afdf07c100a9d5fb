import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import type { Runner } from '../../../src/model/runner';
import { thisRunner, whereabouts, type System } from '../../../src/app/runner';

const begunAt = '2026-11-23T10:31:07Z';

describe('the process that runs a plan', () => {
  it('is running as long as it lives: this one does', async () => {
    assert.equal(await whereabouts(await thisRunner(), new Date().toISOString()), 'running');
  });

  it('is gone when it has ended', async () => {
    const child = spawn('sleep', ['60']);
    const runner = { ...(await thisRunner()), pid: child.pid ?? 0, started: await startOf(child.pid ?? 0) };
    const now = new Date().toISOString();
    assert.equal(await whereabouts(runner, now), 'running');
    child.kill();
    await once(child, 'exit');
    assert.equal(await whereabouts(runner, now), 'gone');
  });

  it('is gone when another process has its pid', async () => {
    const runner = await thisRunner();
    assert.notEqual(runner.started, undefined);
    assert.equal(await whereabouts({ ...runner, started: '1' }, begunAt), 'gone');
  });

  describe('as the system tells', () => {
    const runner: Runner = { host: 'ctl1', pid: 7, boot: 'b', space: 'pid:[1]', started: '42' };
    const system: System = {
      host: 'ctl1',
      boot: 'b',
      space: 'pid:[1]',
      bootedAt: new Date('2026-11-23T08:00:00Z'),
      started: () => Promise.resolve('42'),
    };

    it('is elsewhere on another machine, in another container, and when no journal names it', async () => {
      assert.equal(await whereabouts(runner, begunAt, { ...system, host: 'ctl2' }), 'elsewhere');
      assert.equal(await whereabouts(runner, begunAt, { ...system, space: 'pid:[2]' }), 'elsewhere');
      assert.equal(await whereabouts(undefined, begunAt, system), 'elsewhere');
    });

    it('did not outlive a boot of its machine', async () => {
      assert.equal(await whereabouts(runner, begunAt, { ...system, boot: 'c', space: 'pid:[2]' }), 'gone');
    });

    it('is known by its pid and the time of the boot where the system says no more', async () => {
      const bare = { host: 'ctl1', pid: 7 };
      const silent = { ...system, boot: undefined, space: undefined, started: () => Promise.resolve('') };
      assert.equal(await whereabouts(bare, begunAt, silent), 'running');
      const booted = { ...silent, bootedAt: new Date('2026-11-23T11:00:00Z') };
      assert.equal(await whereabouts(bare, begunAt, booted), 'gone');
      const ended = { ...silent, started: () => Promise.resolve(undefined) };
      assert.equal(await whereabouts(bare, begunAt, ended), 'gone');
    });
  });
});

/** ps counts in ticks of the clock since the boot too, but only /proc prints them. */
async function startOf(pid: number): Promise<string> {
  const { stdout } = await promisify(execFile)('awk', ['{ print $22 }', `/proc/${String(pid)}/stat`]);
  return stdout.trim();
}
