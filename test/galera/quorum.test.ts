import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { parse } from '../../src/cleanup/parse';
import type { RunContext } from '../../src/execution/context';
import { readJournal } from '../../src/execution/readJournal';
import { settleRun } from '../../src/execution/restorePlan';
import { runPlan } from '../../src/execution/runPlan';
import { survey } from '../../src/evidence/survey';
import { signs } from '../../src/app/engine/look';
import { OperatorError } from '../../src/model/errors';
import type { RunReport } from '../../src/model/report';
import { waitFor } from '../cloud/ports';
import { bearingOut, planText, removeCache, sectionText, unitText } from '../integration/execution/planText';
import type { ClusterGround } from './clusterGround';
import { before as right, once } from './moments';
import type { GaleraNode } from './node';
import { sharedCluster } from './sharedCluster';

describe('a node that has lost the others', function () {
  this.timeout(160_000);
  let ground: ClusterGround;
  let alone: GaleraNode;
  let context: RunContext;
  let uuid: string;
  let text: string;

  before(async () => {
    ground = await sharedCluster();
    [, , alone] = ground.cluster.nodes;
  });

  beforeEach(async () => {
    await ground.reset();
    context = await ground.context(alone.port);
    uuid = ground.planted.find(({ kind, cell }) => kind === 'stuck-deleting' && cell === 'cell1')?.uuid ?? '';
    text = planText(context, sectionText(uuid, unitText(context, uuid, removeCache(uuid))));
  });

  afterEach(join);

  async function part(): Promise<void> {
    await alone.sql("SET GLOBAL wsrep_provider_options = 'gmcast.isolate=1'");
    await waitFor(
      'the split',
      30,
      async () => (await alone.status('wsrep_cluster_status')) === 'non-Primary',
    );
  }

  async function join(): Promise<void> {
    await alone.sql("SET GLOBAL wsrep_provider_options = 'gmcast.isolate=0'");
    await waitFor('the node to be back', 60, async () => (await alone.status('wsrep_ready')) === 'ON');
  }

  function run(on: RunContext): Promise<RunReport> {
    return runPlan(parse(text), text, { ...on, look: bearingOut(text) }, {});
  }

  async function caches(): Promise<number> {
    const [row] = await ground.cluster.nodes[0].sql(
      `SELECT COUNT(*) FROM instance_info_caches WHERE instance_uuid = '${uuid}'`,
      'nova_cell1',
    );
    return Number(row?.[0]);
  }

  it('is named by a scan, with what to do', async () => {
    await part();
    const { access, clock, logger, thresholds } = context;
    const options = { clock, logger, thresholds, signs, sightings: new Map(), keeps: [] };
    await assert.rejects(survey(access, options), (error) => {
      assert.ok(OperatorError.is(error, 'no-quorum'), String(error));
      assert.match(error.message, /node of the Galera cluster/);
      assert.match(error.action, /another node/);
      return true;
    });
  });

  it('runs nothing', async () => {
    await part();
    await assert.rejects(run(context), (error) => OperatorError.is(error, 'no-quorum'));
    assert.equal(existsSync(context.folder), false);
    await join();
    assert.equal(await caches(), 1);
  });

  it('ends a run in the midst of a unit, with nothing changed', async () => {
    const report = await run(right(context, /^DELETE/, once(part)));
    assert.deepEqual(
      report.sections.map(({ outcome, problem }) => [outcome, problem?.code]),
      [['rolled-back', 'no-quorum']],
    );
    await join();
    assert.equal(await caches(), 1);
  });

  it('leaves a COMMIT unknown, which turns out to be void when it is back', async () => {
    const report = await run(right(context, /^COMMIT/, once(part)));
    assert.equal(report.sections[0]?.outcome, 'unknown');
    await join();
    assert.equal(await caches(), 1);
    await settleRun(context.folder, report.run, context);
    const settled = (await readJournal(context.folder, report.run)).map(({ event }) => event);
    assert.ok(settled.includes('void'), settled.join());
  });
});
