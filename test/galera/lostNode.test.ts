import assert from 'node:assert/strict';
import { parse } from '../../src/cleanup/parse';
import type { RunContext } from '../../src/execution/context';
import { readJournal } from '../../src/execution/readJournal';
import { runPlan } from '../../src/execution/runPlan';
import { OperatorError } from '../../src/model/errors';
import type { RunReport } from '../../src/model/report';
import { waitFor } from '../cloud/ports';
import { bearingOut, planText, removeCache, sectionText, unitText } from '../integration/execution/planText';
import type { ClusterGround } from './clusterGround';
import { around, before as right, once } from './moments';
import { sharedCluster } from './sharedCluster';

describe('a node that dies while a run goes through HAProxy', function () {
  this.timeout(160_000);
  let ground: ClusterGround;
  let context: RunContext;
  let uuids: string[];
  let text: string;

  before(async () => {
    ground = await sharedCluster();
  });

  beforeEach(async () => {
    await ground.reset();
    context = await ground.context(ground.proxy.port);
    const rows = await ground.cluster.nodes[0].sql(
      'SELECT uuid FROM instances JOIN instance_info_caches c ON c.instance_uuid = uuid WHERE instances.deleted = 0 ORDER BY 1 LIMIT 2',
      'nova_cell1',
    );
    uuids = rows.flat();
    const sections = uuids.map((uuid) => sectionText(uuid, unitText(context, uuid, removeCache(uuid))));
    text = planText(context, ...sections);
  });

  afterEach(async () => {
    const [first] = ground.cluster.nodes;
    if ((await first.status('wsrep_ready').catch(() => '')) !== 'ON') await first.start();
    await waitFor('HAProxy to be back at the first node', 20, async () => {
      const connection = await (await ground.context(ground.proxy.port)).access.openApi();
      const [row] = await connection
        .query('SELECT @@wsrep_node_name AS name')
        .finally(() => connection.close());
      return row?.name === first.name;
    });
  });

  const die = (): Promise<void> => ground.cluster.nodes[0].kill();

  function run(on: RunContext): Promise<RunReport> {
    return runPlan(parse(text), text, { ...on, look: bearingOut(text) }, {});
  }

  /** What the others have: whether the row of each instance is live, and its cache there. */
  async function left(): Promise<string[]> {
    const rows = await ground.cluster.nodes[1].sql(
      `SET SESSION wsrep_sync_wait = 7; SELECT CONCAT(IF(deleted = 0, 'live', 'deleted'), ' ',
         (SELECT COUNT(*) FROM instance_info_caches c WHERE c.instance_uuid = uuid))
         FROM instances WHERE uuid IN (${uuids.map((uuid) => `'${uuid}'`).join(', ')}) ORDER BY uuid`,
      'nova_cell1',
    );
    return rows.flat();
  }

  async function unitEvents(report: RunReport): Promise<string[]> {
    const lines = await readJournal(context.folder, report.run);
    return lines
      .map(({ event }) => event)
      .filter((event) => ['prepared', 'committed', 'void', 'unsettled'].includes(event));
  }

  const outcomes = ({ sections }: RunReport): unknown[] =>
    sections.map(({ outcome, problem }) => [outcome, problem?.code]);

  it('before COMMIT: what is told of the unit is what the others have, and the run ends before the next', async () => {
    const report = await run(right(context, /^DELETE/, once(die)));
    const [first, second] = report.sections.map(({ outcome }) => outcome);
    assert.equal(second, 'skipped');
    assert.deepEqual(await left(), [first === 'done' ? 'deleted 0' : 'live 1', 'live 1']);
    assert.ok(first === 'done' || first === 'rolled-back', first);
  });

  it('with the COMMIT on its way: the unit is void', async () => {
    const report = await run(right(context, /^COMMIT/, once(die)));
    assert.equal(report.sections[0]?.outcome, 'rolled-back');
    assert.deepEqual(await left(), ['live 1', 'live 1']);
    assert.deepEqual(await unitEvents(report), ['prepared', 'void']);
  });

  it('with the answer to the COMMIT on its way: the unit is done', async () => {
    const answerLost = around(context, /^COMMIT/, async (send) => {
      await send();
      await die();
      throw new OperatorError('unreachable', 'the connection was lost', '');
    });
    const report = await run(answerLost);
    assert.deepEqual(outcomes(report), [
      ['done', undefined],
      ['skipped', 'lock-lost'],
    ]);
    assert.deepEqual(await left(), ['deleted 0', 'live 1']);
    assert.deepEqual(await unitEvents(report), ['prepared', 'committed']);
  });

  it('in the midst of COMMIT: what is told is what the others have', async () => {
    const midst = around(context, /^COMMIT/, async (send) => {
      const [answer] = await Promise.allSettled([send(), die()]);
      if (answer.status === 'rejected') throw answer.reason;
      return answer.value;
    });
    const report = await run(midst);
    const [outcome] = report.sections.map((section) => section.outcome);
    const [first] = await left();
    assert.equal(outcome, first === 'deleted 0' ? 'done' : 'rolled-back');
    assert.ok(first === 'deleted 0' || first === 'live 1', `${first}: half of it`);
  });
});
