import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ScanReport } from '../../../src/app/api';
import type { Zombies } from '../../../src/app/zombies';
import type { RunReport, StepOutcome } from '../../../src/model/report';
import type { Suspect } from '../../../src/model/suspect';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { cloudName, fillIn, productOn } from './product';

/** What went wrong in a report, short. */
function problems(report: RunReport, good: readonly StepOutcome[]): unknown[] {
  return report.sections
    .filter(({ outcome }) => !good.includes(outcome))
    .map(({ name, outcome, problem, steps }) => [
      name,
      outcome,
      problem?.message,
      ...steps.flatMap((step) => (step.problem ? [step.what, step.problem.message] : [])),
    ]);
}

/** What a run changes by itself; the rest is steps by hand. */
function isTicked({ verdict, kind, remedy }: Suspect): boolean {
  const works = remedy.depth !== 'none' || remedy.domains.length > 0 || remedy.directories.length > 0;
  return verdict === 'confirmed' || (verdict === 'suspected' && kind !== 'domain-gone' && works);
}

const hosts = ['compute-01', 'compute-02', 'compute-03', 'compute-05', 'compute-06'];

describe('the whole job', function () {
  this.timeout(300_000);
  let cloud: DemoCloud;
  let product: Zombies;
  let runsFolder: string;
  let scan: ScanReport;
  let ticked: readonly Suspect[];
  let text: string;
  let report: RunReport;
  let everythingBefore: string;
  let liveBefore: string;
  let treesBefore: string;

  const live = async (): Promise<string> => {
    const mended = new Set(ticked.filter(({ remedy }) => remedy.depth === 'repair').map(({ uuid }) => uuid));
    const uuids = cloud.planted
      .filter(({ uuid, mustSurvive }) => mustSurvive && !mended.has(uuid))
      .map(({ uuid }) => uuid);
    return (await Promise.all(uuids.map((uuid) => cloud.dumpInstance(uuid)))).join('\n');
  };
  /** What the hosts have of that which must survive. */
  const trees = async (): Promise<string> => {
    const lists = await Promise.all(
      hosts.map(async (host) =>
        (await cloud.listTree(host))
          .split('\n')
          .filter((line) =>
            cloud.planted.some(
              ({ uuid, mustSurvive, staleOn }) => mustSurvive && staleOn !== host && line.includes(uuid),
            ),
          ),
      ),
    );
    return lists.flat().join('\n');
  };

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    runsFolder = await mkdtemp(join(tmpdir(), 'openstack-zombies-runs-'));
    product = productOn(cloud, {}, { storageFolder: runsFolder });
    scan = await product.scan(cloudName);
    ticked = scan.suspects.filter((suspect) => isTicked(suspect));
    [everythingBefore, liveBefore, treesBefore] = [await cloud.dump(), await live(), await trees()];
    const draft = await product.draft(
      cloudName,
      ticked.map(({ uuid }) => uuid),
    );
    assert.deepEqual(draft.refused, []);
    text = fillIn(draft.text);
  });

  it('drafts a plan that may run as it stands', () => {
    assert.deepEqual(product.check(text), []);
  });

  it('dry-runs it: every count as expected, and nothing changed', async () => {
    const dry = await product.dryRun(text);
    assert.deepEqual(problems(dry, ['rolled-back', 'done']), []);
    const counted = dry.sections
      .flatMap(({ steps }) => steps)
      .filter(({ expected }) => expected !== undefined);
    assert.ok(counted.length > 20);
    assert.deepEqual(
      counted.filter(({ expected, rows }) => expected !== rows),
      [],
    );
    assert.equal(await cloud.dump(), everythingBefore);
  });

  it('runs it: every ticked one is gone at a new look', async () => {
    report = await product.run(text);
    assert.deepEqual(problems(report, ['done']), []);
    assert.deepEqual(
      report.sections.filter(({ gone }) => gone !== true).map(({ name }) => name),
      [],
    );
    const after = await product.scan(cloudName);
    const done = new Set(report.sections.map(({ uuid }) => uuid));
    assert.deepEqual(
      after.suspects.filter(({ uuid, verdict }) => done.has(uuid) && verdict !== 'legitimate'),
      [],
    );
    assert.equal(after.suspects.filter(({ verdict }) => verdict === 'confirmed').length, 0);
  });

  it('leaves every row and directory of live instances byte-identical', async () => {
    assert.equal(await live(), liveBefore);
    assert.equal(await trees(), treesBefore);
  });

  it('records who did it, before and after, with the text and the instances', async () => {
    const file = join(runsFolder, 'audit.jsonl');
    const lines = (await readFile(file, 'utf8')).split('\n').slice(0, -1);
    const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual(
      entries.map(({ event, run }) => [event, run]),
      [
        ['dry-run', undefined],
        ['run-begun', report.run],
        ['run-ended', report.run],
      ],
    );
    const uuids = report.sections.map(({ uuid }) => uuid);
    for (const { instances, edited, cloud: on, plan, sha256 } of entries) {
      assert.deepEqual(instances, { count: uuids.length, uuids });
      assert.deepEqual([edited, on, plan, sha256], [false, cloudName, report.plan, entries[0]?.sha256]);
    }
    assert.deepEqual(entries[2]?.outcome, { done: uuids.length });
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    const folder = report.folder ?? '';
    for (const name of await readdir(folder, { recursive: true })) {
      const found = await stat(join(folder, name));
      assert.equal(found.mode & 0o777, found.isDirectory() ? 0o700 : 0o600, name);
    }
  });

  it('brings rows and directories back with the restore script', async () => {
    const restore = await product.restorePlan(report.run);
    assert.deepEqual(product.check(restore), []);
    const restored = await product.run(restore);
    assert.deepEqual(problems(restored, ['done']), []);
    assert.equal(await cloud.dump(), everythingBefore);
    assert.equal(await trees(), treesBefore);
  });
});

describe('a plan whose guard is unmet', function () {
  this.timeout(180_000);
  let cloud: DemoCloud;
  let product: Zombies;
  let text: string;
  let before_: string;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    product = productOn(cloud);
    const { suspects } = await product.scan(cloudName);
    const stuck = suspects.find(
      ({ kind, verdict, remedy }) =>
        kind === 'stuck-deleting' &&
        verdict === 'confirmed' &&
        remedy.domains.length + remedy.directories.length === 0,
    );
    assert.ok(stuck);
    text = fillIn((await product.draft(cloudName, [stuck.uuid])).text);
    await cloud.sql(`UPDATE instances SET task_state = NULL WHERE uuid = '${stuck.uuid}'`, 'nova_cell1');
    before_ = await cloud.dump();
  });

  it('is refused by the runner, and nothing is changed', async () => {
    const report = await product.run(text);
    assert.deepEqual(
      report.sections.map(({ outcome, problem }) => [outcome, problem?.code]),
      [['refused', 'stale-evidence']],
    );
    assert.equal(await cloud.dump(), before_);
  });

  it('rolls back in a dry run too', async () => {
    const report = await product.dryRun(text);
    const problems = report.sections.flatMap(({ steps }) =>
      steps.flatMap(({ problem }) => problem?.code ?? []),
    );
    assert.ok(problems.includes('guard-unmet'));
    assert.equal(await cloud.dump(), before_);
  });

  it('changes nothing in a plain mariadb client, with or without the variable that lets it pass', async () => {
    const id = /id="([^"]+)"/.exec(text)?.[1] ?? '';
    const { host, port, user, password } = cloud.database;
    const client = (input: string): Promise<unknown> => {
      const child = promisify(execFile)('mariadb', [
        '-h',
        host,
        '-P',
        String(port),
        '-u',
        user,
        `-p${password}`,
      ]);
      child.child.stdin?.end(input);
      return child;
    };
    await assert.rejects(client(text), /1690/);
    await assert.rejects(client(`SET @openstack_zombies_run = '${id}';\n${text}`), /1690/);
    assert.equal(await cloud.dump(), before_);
  });
});
