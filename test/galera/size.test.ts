import assert from 'node:assert/strict';
import { parse } from '../../src/cleanup/parse';
import type { RunContext } from '../../src/execution/context';
import { dryRunPlan } from '../../src/execution/dryRunPlan';
import { Journal } from '../../src/execution/journal';
import { runPlan } from '../../src/execution/runPlan';
import { runUnit, type StepResult } from '../../src/execution/unit';
import { OperatorError } from '../../src/model/errors';
import type { Statement } from '../../src/model/plan';
import { cellIn, dropCache, isReviewed, rename, section, unit, update } from '../integration/execution/bench';
import { bearingOut, planText, removeCache, sectionText, unitText } from '../integration/execution/planText';
import type { ClusterGround } from './clusterGround';
import { sharedCluster } from './sharedCluster';

describe('a cluster that limits the size of transactions', function () {
  this.timeout(120_000);
  let ground: ClusterGround;
  let context: RunContext;
  let uuid: string;

  before(async () => {
    ground = await sharedCluster();
  });

  beforeEach(async () => {
    await ground.reset();
    context = await ground.context(ground.cluster.nodes[0].port);
    uuid = ground.planted.find(({ kind, cell }) => kind === 'stuck-deleting' && cell === 'cell1')?.uuid ?? '';
  });

  afterEach(() => set('wsrep_max_ws_rows = 0, GLOBAL wsrep_max_ws_size = 2147483647'));

  async function set(setting: string): Promise<void> {
    await ground.cluster.nodes[0].sql(`SET GLOBAL ${setting}`);
  }

  async function runIt(...statements: Statement[]): Promise<StepResult> {
    const journal = await Journal.open(context.folder, '20261123T103107Z-abcdef', 'the plan', context.clock);
    const step = unit(cellIn(context, 'nova_cell1'), 'nova_cell1', ...statements);
    return runUnit(section(uuid, step), step, context, journal);
  }

  async function hostname(): Promise<string | undefined> {
    const [row] = await ground.cluster.nodes[0].sql(
      `SELECT hostname FROM instances WHERE uuid = '${uuid}'`,
      'nova_cell1',
    );
    return row?.[0];
  }

  describe('by wsrep_max_ws_rows', () => {
    it('refuses a plan whose unit expects more rows, before anything is changed, and in a dry run', async () => {
      const text = planText(context, sectionText(uuid, unitText(context, uuid, removeCache(uuid))));
      const plan = parse(text);
      const surroundings = (): RunContext => ({ ...context, look: bearingOut(text) });
      await set('wsrep_max_ws_rows = 3');
      for (const report of [
        await dryRunPlan(plan, text, surroundings(), {}),
        await runPlan(plan, text, surroundings(), {}),
      ]) {
        const [first] = report.sections;
        assert.equal(first?.outcome, 'refused', report.mode);
        assert.equal(first.problem?.code, 'too-large');
        assert.match(first.problem.message, /writes 4 rows, .* and wsrep_max_ws_rows .* allows 3/);
        assert.match(first.problem.action, /SET GLOBAL/);
      }
      await set('wsrep_max_ws_rows = 4');
      const [first] = (await runPlan(plan, text, surroundings(), {})).sections;
      assert.equal(first?.outcome, 'done');
    });

    it('rolls back a unit that comes to it', async () => {
      const before = await hostname();
      await set('wsrep_max_ws_rows = 1');
      const { outcome, error } = await runIt(isReviewed(uuid), rename(uuid), dropCache(uuid));
      assert.equal(outcome, 'rolled-back');
      assert.ok(OperatorError.is(error, 'too-large'), String(error));
      assert.match(error.message, /wsrep_max_ws_rows/);
      assert.equal(await hostname(), before);
    });
  });

  it('by wsrep_max_ws_size rolls back a unit that comes to it', async () => {
    const before = await hostname();
    await set('wsrep_max_ws_size = 2048');
    const large = update('instance_extra', "flavor = REPEAT('x', 10000)", `instance_uuid = '${uuid}'`, 1);
    const { outcome, error } = await runIt(isReviewed(uuid), rename(uuid), large);
    assert.equal(outcome, 'rolled-back');
    assert.ok(OperatorError.is(error, 'too-large'), String(error));
    assert.match(error.message, /wsrep_max_ws_size/);
    assert.equal(await hostname(), before);
  });
});
