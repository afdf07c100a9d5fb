import assert from 'node:assert/strict';
import { parse } from '../../../../src/cleanup/parse';
import type { RunContext } from '../../../../src/execution/context';
import { restorePlanText } from '../../../../src/execution/restorePlan';
import { runPlan } from '../../../../src/execution/runPlan';
import { exactFloats, alterations, population } from '../fidelity/fuzz';
import { fullDump } from '../fidelity/fullDump';
import { Random } from '../fidelity/random';
import { groundWith, planOf, type HistoryGround } from './ground';

const instances = 12;
const seeds = [1, Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31)];

/** A server that has no DELETE ... RETURNING, as far as it says. */
function sayingMysql({ access }: RunContext): RunContext['access'] {
  return {
    ...access,
    openCell: async (...args) => {
      const connection = await access.openCell(...args);
      const query = connection.query.bind(connection);
      connection.query = async (sql, ...rest) =>
        sql === 'SELECT VERSION() AS version' ? [{ version: '8.0.36' }] : query(sql, ...rest);
      return connection;
    },
  };
}

describe('rows of every type in soft-deleted history', function () {
  this.timeout(160_000);
  let ground: HistoryGround;

  before(async () => {
    ground = await groundWith('history-fuzz', 1);
    await ground.cloud.sql(alterations());
    await ground.cloud.sql(
      `SET GLOBAL time_zone = '-03:30', GLOBAL sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT'`,
    );
  });

  after(() => ground.cloud.stop());

  for (const way of ['RETURNING', 'SELECT and DELETE'] as const) {
    for (const seed of seeds) {
      it(`come back to the byte by ${way}, seed ${seed}`, async () => {
        const random = new Random(seed);
        const uuids = Array.from({ length: instances }, () => random.uuid());
        const { cloud, context } = ground;
        await cloud.sql(population(random, uuids));
        await cloud.sql(
          `UPDATE nova_cell1.instances SET deleted = id + 1, deleted_at = '2020-01-01 00:00:00', host = NULL`,
        );
        const [before, floats] = [await fullDump(cloud), await cloud.sql(exactFloats())];
        const used = way === 'RETURNING' ? context : { ...context, access: sayingMysql(context) };
        const text = await planOf(ground, { from: 0 });
        const report = await runPlan(parse(text), text, used, {});
        assert.deepEqual(
          report.sections.map(({ outcome, problem }) => [outcome, problem]),
          [['done', undefined]],
        );
        assert.deepEqual(await cloud.sql('SELECT COUNT(*) FROM nova_cell1.instances'), [['0']]);
        const back = await restorePlanText(context.folder, report.run, context.clock);
        const restored = await runPlan(parse(back), back, context, {});
        assert.deepEqual(
          restored.sections.map(({ problem }) => problem),
          [undefined],
        );
        assert.equal(await fullDump(cloud), before);
        assert.deepEqual(await cloud.sql(exactFloats()), floats);
      });
    }
  }
});
