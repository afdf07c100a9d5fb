import assert from 'node:assert/strict';
import { directive } from '../../../src/cleanup/directives';
import { parse } from '../../../src/cleanup/parse';
import type { RunContext } from '../../../src/execution/context';
import { dryRunPlan } from '../../../src/execution/dryRunPlan';
import { readJournal } from '../../../src/execution/readJournal';
import { runPlan } from '../../../src/execution/runPlan';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { contextOn } from './bench';
import { bearingOut, planText, removeCache, sectionText, unitText } from './planText';

describe('a run', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;
  let context: RunContext;
  let uuid: string;

  before(async () => {
    cloud = await sharedCloud();
  });

  beforeEach(async () => {
    await cloud.reset();
    context = await contextOn(cloud);
    uuid = cloud.planted.find(({ kind, cell }) => kind === 'stuck-deleting' && cell === 'cell1')?.uuid ?? '';
  });

  it('touches no other database of the server than the one that its unit names', async () => {
    await cloud.sql('CREATE DATABASE other_nova');
    try {
      for (const table of ['instances', 'instance_info_caches']) {
        await cloud.sql(
          `CREATE TABLE ${table} LIKE nova_cell1.${table}; INSERT INTO ${table} SELECT * FROM nova_cell1.${table}`,
          'other_nova',
        );
      }
      await cloud.sql(`GRANT ALL ON other_nova.* TO nova`).catch(() => []);
      const text = planText(
        context,
        sectionText(uuid, unitText(context, uuid, removeCache(uuid))),
      ).replaceAll('nova_cell1', 'other_nova');
      const before = await cloud.dump(['other_nova']);
      const surroundings = { ...context, look: bearingOut(text) };
      const report = await runPlan(parse(text), text, surroundings, {});
      assert.equal(report.sections[0]?.problem?.code, 'plan-refused');
      assert.match(report.sections[0].problem.message, /is nova_cell1, not other_nova/);
      const dry = await dryRunPlan(parse(text), text, { ...context, look: bearingOut(text) }, {});
      assert.equal(dry.sections[0]?.problem?.code, 'plan-refused');
      assert.equal(await cloud.dump(['other_nova']), before);
    } finally {
      await cloud.sql('DROP DATABASE other_nova');
    }
  });

  it('asks the guards on the rows before it touches a host', async () => {
    const host = 'compute-02';
    const path = `/var/lib/nova/instances/${uuid}`;
    await cloud.onHost(
      host,
      `mkdir -p ${path} && echo text > ${path}/console.log && touch -d '10 days ago' ${path}/console.log ${path}`,
    );
    const step = directive('directory', { host, path, bytes: 5, then: 'delete' });
    const text = planText(
      context,
      sectionText(uuid, step, unitText(context, uuid, removeCache(uuid))),
    ).replace('AND deleted = 0 FOR UPDATE', "AND deleted = 0 AND task_state <=> 'deleting' FOR UPDATE");
    await cloud.sql(`UPDATE instances SET task_state = NULL WHERE uuid = '${uuid}'`, 'nova_cell1');
    const tree = await cloud.listTree(host);
    const report = await runPlan(parse(text), text, { ...context, look: bearingOut(text) }, {});
    assert.deepEqual(
      report.sections.map(({ outcome, problem }) => [outcome, problem?.code]),
      [['refused', 'guard-unmet']],
    );
    assert.equal(await cloud.listTree(host), tree);
    const events = (await readJournal(context.folder, report.run)).map(({ event }) => event);
    assert.deepEqual(events, ['run-begun', 'run-ended']);
  });

  describe('whose section has no rows that could be asked, before it touches a host', () => {
    const host = 'compute-02';

    async function runAfter(minutes: number): Promise<{ outcomes: unknown[]; isThere: boolean }> {
      const path = `/var/lib/nova/instances/${uuid}`;
      await cloud.sql(`UPDATE instances SET deleted = id WHERE uuid = '${uuid}'`, 'nova_cell1');
      await cloud.onHost(
        host,
        `mkdir -p ${path} && echo text > ${path}/console.log && touch -d '10 days ago' ${path}/console.log ${path}`,
      );
      const text = planText(
        context,
        sectionText(uuid, directive('directory', { host, path, bytes: 5, then: 'quarantine' })),
      );
      const start = Date.now();
      let late = 0;
      const seen = bearingOut(text);
      const look: RunContext['look'] = async (uuids, signal) => {
        const suspects = await seen(uuids, signal);
        late = minutes * 60_000;
        return suspects;
      };
      const clock = { now: () => new Date(start + late) };
      const report = await runPlan(parse(text), text, { ...context, clock, look }, {});
      const { code } = await cloud.onHost(host, `test -e ${path}`);
      return {
        outcomes: report.sections.map(({ outcome, problem }) => [outcome, problem?.code]),
        isThere: code === 0,
      };
    }

    it('looks again when the look at the whole plan is long ago', async () => {
      const late = await runAfter(10);
      assert.deepEqual(late, { outcomes: [['refused', 'stale-evidence']], isThere: true });
    });

    it('goes by that look when it was just now', async () => {
      assert.deepEqual(await runAfter(0), { outcomes: [['done', undefined]], isThere: false });
    });
  });
});
