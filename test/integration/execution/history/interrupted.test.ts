import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from '../../../../src/cleanup/parse';
import type { RunContext } from '../../../../src/execution/context';
import { goOnText } from '../../../../src/execution/goOn';
import { listRuns } from '../../../../src/execution/readJournal';
import { restorePlanText, settleRun } from '../../../../src/execution/restorePlan';
import { runPlan } from '../../../../src/execution/runPlan';
import type { RunReport } from '../../../../src/model/report';
import { DatabaseServer } from '../../../faults/servers';
import { contextFrom, groundOf } from '../bench';
import { atEachCommit } from './atEachCommit';
import { fullDump } from '../fidelity/fullDump';
import { afterId, groundWith, nothingHeld, planOf, plantedIn, schema, type HistoryGround } from './ground';

const instances = 2300;

describe('a run of a plan for soft-deleted history that is interrupted', function () {
  this.timeout(160_000);
  let ground: HistoryGround;

  before(async () => {
    ground = await groundWith('history-cut', 1);
  });

  beforeEach(async () => {
    await ground.cloud.reset();
    ground = { ...ground, ...(await plantedIn(ground.cloud, instances)) };
  });

  after(() => ground.cloud.stop());

  const run = (plan: string, context: RunContext): Promise<RunReport> =>
    runPlan(parse(plan), plan, context, {});
  const left = async (table: string, where: string): Promise<number> =>
    Number((await ground.cloud.sql(`SELECT COUNT(*) FROM ${table} WHERE ${where}`))[0]?.[0]);

  /** A server that starts gives out ids from the highest that is there. */
  const rowsAlone = async (): Promise<string> =>
    (await fullDump(ground.cloud)).replaceAll(/ AUTO_INCREMENT=\d+/g, '');

  for (const moment of ['before', 'after'] as const) {
    it(`goes on, and comes back whole, when its process is killed ${moment} a COMMIT`, async () => {
      const before = await fullDump(ground.cloud);
      const leftBehind = `NOT EXISTS (SELECT 1 FROM ${schema}.instances i WHERE i.uuid = m.instance_uuid)
        AND m.created_at < NOW() - INTERVAL 199 DAY AND m.queued_for_delete = 1
        AND m.cell_id = (SELECT id FROM nova_api.cell_mappings WHERE uuid = '${ground.cell}')`;
      const planted = await left('nova_api.instance_mappings m', leftBehind);
      const facts = await groundOf(ground.cloud);
      const context = { ...contextFrom(facts), holdBack: () => Promise.resolve(nothingHeld) };
      const text = await planOf({ ...ground, context }, { instances });
      const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'killedHistory.ts')], {
        stdio: ['pipe', 'ignore', 'inherit'],
      });
      child.stdin.end(JSON.stringify({ ground: facts, text, moment, at: 3 }));
      assert.equal(
        await new Promise((resolve) => child.on('exit', (_code, name) => resolve(name))),
        'SIGKILL',
      );
      const [first] = await listRuns(context.folder);
      assert.ok(first);
      const remains = await left(`${schema}.instances`, `id > ${afterId}`);
      assert.ok(remains > 0 && remains < instances, String(remains));

      assert.equal(await settleRun(context.folder, first.run, context), 0);
      const rest = await goOnText(context.folder, first.run, context);
      const second = await run(rest, context);
      assert.deepEqual(
        second.sections.map(({ outcome }) => outcome),
        ['done'],
      );
      assert.equal(await left(`${schema}.instances`, `id > ${afterId}`), 0);
      assert.equal(await left('nova_api.instance_mappings m', leftBehind), planted);

      for (const { run: each } of [second, first]) {
        const back = await restorePlanText(context.folder, each, context.clock);
        const report = await run(back, context);
        assert.ok(report.sections.every(({ outcome }) => outcome === 'done'));
      }
      assert.equal(await fullDump(ground.cloud), before);
    });
  }

  for (const moment of ['before', 'after'] as const) {
    it(`goes on, and comes back whole, when MariaDB is killed ${moment} a COMMIT`, async () => {
      const before = await rowsAlone();
      const server = new DatabaseServer(ground.cloud);
      let commits = 0;
      const strike = async (): Promise<void> => {
        await server.kill();
        await server.start();
      };
      const access = atEachCommit(ground.context.access, async (commit) => {
        commits += 1;
        const isNow = commits === 3;
        if (isNow && moment === 'before') await strike();
        const changed = await commit();
        if (isNow && moment === 'after') await strike();
        return changed;
      });
      const text = await planOf(ground, { instances });
      const first = await run(text, { ...ground.context, access });
      // The lock of the run was the server's: nobody knows who came meanwhile.
      assert.notEqual(first.sections[0]?.outcome, 'done');
      const remains = await left(`${schema}.instances`, `id > ${afterId}`);
      assert.ok(remains > 0 && remains < instances, String(remains));

      const { context } = ground;
      assert.equal(await settleRun(context.folder, first.run, context), 0);
      const second = await run(await goOnText(context.folder, first.run, context), context);
      assert.deepEqual(
        second.sections.map(({ outcome }) => outcome),
        ['done'],
      );
      assert.equal(await left(`${schema}.instances`, `id > ${afterId}`), 0);
      for (const { run: each } of [second, first]) {
        const report = await run(await restorePlanText(context.folder, each, context.clock), context);
        assert.ok(report.sections.every(({ outcome }) => outcome === 'done'));
      }
      assert.equal(await rowsAlone(), before);
    });
  }

  it('tries a chunk again whose connection was lost before its COMMIT, and keeps one way back of it', async () => {
    const before = await fullDump(ground.cloud);
    const { context } = ground;
    let armed = true;
    const access = atEachCommit(context.access, async (commit, connection) => {
      if (armed) {
        armed = false;
        const [row] = await connection.query('SELECT CONNECTION_ID() AS id');
        await ground.cloud.sql(`KILL ${row?.id}`);
      }
      return commit();
    });
    const report = await run(await planOf(ground, { instances }), { ...context, access });
    assert.deepEqual(
      report.sections.map(({ outcome, problem }) => [outcome, problem]),
      [['done', undefined]],
    );
    assert.equal(armed, false);
    const rows = report.sections.flatMap(({ steps }) => steps).reduce((sum, { rows: n = 0 }) => sum + n, 0);
    assert.equal(rows, 24 * instances);
    const back = await restorePlanText(context.folder, report.run, context.clock);
    await run(back, context);
    assert.equal(await fullDump(ground.cloud), before);
  });

  it('takes nothing back from a file that was changed since, or twice', async () => {
    const { context } = ground;
    const report = await run(await planOf(ground, { instances }), context);
    const back = await restorePlanText(context.folder, report.run, context.clock);
    const plan = parse(back);
    const [line] = plan.chunks;
    assert.ok(line);
    await assert.rejects(run(back.replace(`rows=${line.rows}`, 'rows=1'), context), { code: 'plan-refused' });
    await run(back, context);
    const whole = await fullDump(ground.cloud);
    const again = await run(back, context);
    assert.ok(again.sections.some(({ outcome }) => outcome === 'failed'));
    assert.equal(await fullDump(ground.cloud), whole);
    await appendFile(join(context.folder, report.run, 'restore', line.file), 'x');
    const spoilt = await run(back, context);
    assert.match(spoilt.sections[0]?.problem?.message ?? '', /not what the run wrote/);
  });
});
