import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '../../src/cleanup/parse';
import type { RunContext } from '../../src/execution/context';
import { readJournal } from '../../src/execution/readJournal';
import { runPlan } from '../../src/execution/runPlan';
import type { RunReport } from '../../src/model/report';
import { waitFor } from '../cloud/ports';
import { bearingOut, planText, removeCache, sectionText, unitText } from '../integration/execution/planText';
import type { ClusterGround } from './clusterGround';
import { before as right, once } from './moments';
import { sharedCluster } from './sharedCluster';

describe('a writer at another node of the cluster', function () {
  this.timeout(120_000);
  let ground: ClusterGround;
  let context: RunContext;
  let uuid: string;
  let text: string;

  before(async () => {
    ground = await sharedCluster();
  });

  beforeEach(async () => {
    await ground.reset();
    context = await ground.context(ground.cluster.nodes[0].port);
    uuid = ground.planted.find(({ kind, cell }) => kind === 'stuck-deleting' && cell === 'cell1')?.uuid ?? '';
    text = planText(context, sectionText(uuid, unitText(context, uuid, removeCache(uuid))));
  });

  function run(on: RunContext): Promise<RunReport> {
    return runPlan(parse(text), text, { ...on, look: bearingOut(text) }, {});
  }

  /** Changes the instance's row at the second node, and waits until the first has applied it. */
  async function change(set: string): Promise<void> {
    const [first, second] = ground.cluster.nodes;
    await second.sql(
      `UPDATE instances SET ${set}, launched_on = UUID() WHERE uuid = '${uuid}'`,
      'nova_cell1',
    );
    const seen = `SELECT launched_on FROM instances WHERE uuid = '${uuid}'`;
    const [row] = await second.sql(seen, 'nova_cell1');
    await waitFor('the change', 20, async () => (await first.sql(seen, 'nova_cell1'))[0]?.[0] === row?.[0]);
  }

  async function rows(): Promise<{ cache: number; deleted: boolean; hostname: string }> {
    const [, , third] = ground.cluster.nodes;
    const [row] = await third.sql(
      `SET SESSION wsrep_sync_wait = 7; SELECT deleted, hostname, (SELECT COUNT(*) FROM instance_info_caches c
         WHERE c.instance_uuid = uuid) FROM instances WHERE uuid = '${uuid}'`,
      'nova_cell1',
    );
    const [deleted, hostname = '', cache] = row ?? [];
    return { cache: Number(cache), deleted: deleted !== '0', hostname };
  }

  async function events(report: RunReport): Promise<string[]> {
    const lines = await readJournal(context.folder, report.run);
    return lines
      .map(({ event }) => event)
      .filter((event) => ['prepared', 'committed', 'void'].includes(event));
  }

  const outcomes = ({ sections }: RunReport): unknown[] =>
    sections.map(({ outcome, problem }) => [outcome, problem?.code]);

  it('that is first during a statement makes the unit begin anew', async () => {
    const report = await run(
      right(
        context,
        /^DELETE/,
        once(() => change(`hostname = 'theirs'`)),
      ),
    );
    assert.deepEqual(outcomes(report), [['done', undefined]]);
    assert.deepEqual(await rows(), { cache: 0, deleted: true, hostname: 'theirs' });
    assert.deepEqual(await events(report), ['prepared', 'committed']);
  });

  it('that is first at COMMIT makes the unit begin anew, and voids its first way back', async () => {
    const report = await run(
      right(
        context,
        /^COMMIT/,
        once(() => change(`hostname = 'theirs'`)),
      ),
    );
    assert.deepEqual(outcomes(report), [['done', undefined]]);
    assert.deepEqual(await rows(), { cache: 0, deleted: true, hostname: 'theirs' });
    assert.deepEqual(await events(report), ['prepared', 'void', 'prepared', 'committed']);
    assert.deepEqual(readdirSync(join(report.folder ?? '', 'restore')).sort(), [
      '00001-nova_cell1.sql.void',
      '00002-nova_cell1.sql',
    ]);
  });

  it('that is always first makes the unit give up, with nothing changed', async () => {
    let times = 0;
    const report = await run(
      right(context, /^COMMIT/, async () => {
        times += 1;
        await change(`hostname = 'theirs'`);
      }),
    );
    assert.deepEqual(outcomes(report), [['rolled-back', 'busy']]);
    assert.deepEqual(await rows(), { cache: 1, deleted: false, hostname: 'theirs' });
    assert.deepEqual(await events(report), Array.from({ length: times }, () => ['prepared', 'void']).flat());
    assert.ok(times > 1 && times < 10, `${times} tries`);
  });

  it('that changes what was reviewed stops the unit', async () => {
    const report = await run(
      right(
        context,
        /^COMMIT/,
        once(() => change(`deleted = id`)),
      ),
    );
    assert.deepEqual(outcomes(report), [['rolled-back', 'guard-unmet']]);
    assert.equal((await rows()).cache, 1);
  });

  it('may be another run, which the lock at its own node does not keep out: one of them does it', async () => {
    const other = await ground.context(ground.cluster.nodes[1].port);
    const reports = await Promise.all([run(context), run(other)]);
    assert.deepEqual(reports.flatMap(outcomes).sort(), [
      ['done', undefined],
      ['rolled-back', 'guard-unmet'],
    ]);
    assert.deepEqual(await rows(), { ...(await rows()), cache: 0, deleted: true });
  });
});
