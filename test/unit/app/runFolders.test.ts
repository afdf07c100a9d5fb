import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Clouds, type Surroundings } from '../../../src/app/clouds';
import { AuditRecord } from '../../../src/app/engine/auditRecord';
import { RunFolders } from '../../../src/app/engine/runFolders';
import { runHistory } from '../../../src/app/engine/runHistory';
import { readConfigurations } from '../../../src/app/configurations';
import { thisRunner } from '../../../src/app/runner';
import { defaultThresholds } from '../../../src/model/scene';
import { memoryState } from '../../memoryState';

const run = '20261123T103107Z-aaaaaa';
const other = '20261124T103107Z-bbbbbb';

describe('the folders of runs', () => {
  let root: string;
  let now: Date;
  let days: number;
  let opened: string | undefined;
  let changes: number;
  let folders: RunFolders;

  beforeEach(async () => {
    root = join(await mkdtemp(join(tmpdir(), 'openstack-zombies-runs-')), 'runs');
    now = new Date('2026-12-24T12:00:00Z');
    days = 10;
    opened = undefined;
    changes = 0;
    const ignore = (): void => undefined;
    const surroundings: Surroundings = {
      configurations: () =>
        readConfigurations([{ name: 'prod', apiDatabase: 'mysql://nova@10.0.0.5:3306/nova_api' }]).clouds,
      thresholds: () => defaultThresholds,
      storageFolder: root,
      retentionDays: () => days,
      isOpen: (folder) => folder === opened,
      secrets: {
        get: () => Promise.resolve(undefined),
        store: () => Promise.resolve(),
        delete: () => Promise.resolve(),
        keys: () => Promise.resolve([]),
      },
      prompts: { trustHostKey: () => Promise.resolve(false), password: () => Promise.resolve(undefined) },
      hostKeys: { get: () => [], add: () => Promise.resolve() },
      state: memoryState(),
      logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
      clock: { now: () => now },
    };
    const clouds = new Clouds(surroundings);
    clouds.onDidChangeRuns(() => (changes += 1));
    folders = new RunFolders(clouds, new AuditRecord(surroundings), () => runHistory(root));
  });

  afterEach(async () => {
    await rm(join(root, '..'), { recursive: true, force: true });
  });

  async function write(id: string, ...lines: readonly object[]): Promise<void> {
    const folder = join(root, id);
    await mkdir(folder, { recursive: true });
    const at = '2026-11-23T10:31:07Z';
    const runner = { ...(await thisRunner()), started: '1' };
    const begun = {
      event: 'run-begun',
      run: id,
      plan: 'p',
      cloud: 'prod',
      cells: [],
      purpose: 'cleanup',
      runner,
    };
    const text = [begun, ...lines].map((line) => `${JSON.stringify({ at, ...line })}\n`).join('');
    await writeFile(join(folder, 'journal.jsonl'), text);
    await utimes(folder, new Date(at), new Date(at));
  }

  const ended = { event: 'run-ended', outcome: 'done' };
  const moved = { event: 'moved', section: 'u', name: '', host: 'h', path: '/p', to: '/q', bytes: 1 };
  const runs = async (): Promise<string[]> => (await runHistory(root)).map((each) => each.run);
  const audit = async (): Promise<Record<string, unknown>[]> =>
    (await readFile(join(root, 'audit.jsonl'), 'utf8'))
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('keep a run that was left, which is interrupted no more', async () => {
    await write(run);
    await folders.leave(run);
    assert.equal((await runHistory(root))[0]?.outcome, 'left');
    await assert.rejects(folders.leave(run), { code: 'plan-refused' });
    assert.equal(changes, 1);
  });

  it('do not leave a run that ended, nor one that is none', async () => {
    await write(run, ended);
    await assert.rejects(folders.leave(run), { code: 'plan-refused' });
    await assert.rejects(folders.leave('../secrets'), { code: 'not-found' });
  });

  it('are deleted by hand when the run is over, and while it has a quarantine only when that is said', async () => {
    await write(run);
    await assert.rejects(folders.remove(run, {}), { code: 'plan-refused' });
    await write(run, moved, ended);
    await assert.rejects(folders.remove(run, {}), { code: 'plan-refused', message: /quarantine: 1/ });
    assert.deepEqual(await runs(), [run]);
    await folders.remove(run, { quarantined: true });
    assert.deepEqual(await readdir(root), ['audit.jsonl']);
  });

  it('are deleted when they are old enough, and nothing needs them', async () => {
    await write(run, ended);
    await write(other, moved, ended);
    await folders.sweep();
    assert.deepEqual(await runs(), [other]);
    assert.equal(changes, 1);
    const [line] = await audit();
    assert.deepEqual([line?.event, line?.run, line?.reason], ['deleted', run, 'retention']);
  });

  it('are as young as the last use of their way back, and stay while one of their files is open', async () => {
    await write(run, ended);
    await folders.use(run);
    await folders.sweep();
    now = new Date('2027-01-24T12:00:00Z');
    opened = join(root, run);
    await folders.sweep();
    assert.deepEqual(await runs(), [run]);
    opened = undefined;
    await folders.sweep();
    assert.deepEqual(await runs(), [run], 'only once an hour');
    now = new Date('2027-01-24T13:00:00Z');
    await folders.sweep();
    assert.deepEqual(await runs(), []);
  });

  it('stay for ever where the settings say so; what a delete has left goes all the same', async () => {
    days = 0;
    await write(run, ended);
    await mkdir(join(root, `${other}.deleted`));
    await folders.sweep();
    assert.deepEqual(await readdir(root), [run]);
  });

  it('have a record of who did what, which nobody else may read', async () => {
    await write(run);
    await folders.leave(run);
    await folders.remove(run, {});
    const lines = await audit();
    assert.deepEqual(
      lines.map(({ event, cloud, run: of, plan, databaseAccount }) => [
        event,
        cloud,
        of,
        plan,
        databaseAccount,
      ]),
      [
        ['left', 'prod', run, 'p', 'nova@10.0.0.5:3306'],
        ['deleted', 'prod', run, 'p', 'nova@10.0.0.5:3306'],
      ],
    );
    assert.equal(lines[0]?.at, now.toISOString());
    for (const { login, host } of lines) assert.ok(login !== '' && host !== '');
    assert.equal((await stat(join(root, 'audit.jsonl'))).mode & 0o777, 0o600);
    assert.equal((await stat(root)).mode & 0o777, 0o700);
  });
});
