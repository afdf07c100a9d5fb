import assert from 'node:assert/strict';
import { parse } from '../../../src/cleanup/parse';
import { makeChange } from '../../../src/execution/change';
import { withDatabase, type RunContext } from '../../../src/execution/context';
import { dryRunPlan } from '../../../src/execution/dryRunPlan';
import { restorePlanText } from '../../../src/execution/restorePlan';
import { runPlan } from '../../../src/execution/runPlan';
import { tryBack } from '../../../src/execution/tryBack';
import type { RunReport } from '../../../src/model/report';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { cellIn, contextOn, remove, unit } from './bench';
import { bearingOut, planText, sectionText, unitText } from './planText';

describe('a change that could not be taken back', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;
  let context: RunContext;
  let uuid: string;
  let text: string;

  before(async () => {
    cloud = await sharedCloud();
  });

  beforeEach(async () => {
    await cloud.reset();
    context = await contextOn(cloud);
    uuid = cloud.planted.find(({ kind, cell }) => kind === 'stuck-deleting' && cell === 'cell1')?.uuid ?? '';
    text = planText(
      context,
      sectionText(
        uuid,
        unitText(
          context,
          uuid,
          `-- @expect rows=1\nDELETE FROM nova_cell1.instance_extra WHERE instance_uuid = '${uuid}';`,
        ),
      ),
    );
  });

  after(() => cloud.reset());

  function run(of = text): Promise<RunReport> {
    return runPlan(parse(of), of, { ...context, look: bearingOut(of) }, {});
  }

  async function refuses(message: RegExp): Promise<void> {
    const before = await cloud.dump();
    const dry = await dryRunPlan(parse(text), text, { ...context, look: bearingOut(text) }, {});
    for (const { sections } of [dry, await run()]) {
      assert.deepEqual(
        sections.map(({ problem }) => problem?.code),
        ['plan-refused'],
      );
      assert.match(sections[0]?.problem?.message ?? '', message);
    }
    assert.equal(await cloud.dump(), before);
  }

  it('is not committed: no strict server takes a value that an ENUM does not have', async () => {
    await cloud.sql(
      `ALTER TABLE instance_extra ADD choice ENUM('a', 'b'); SET sql_mode = '';
       UPDATE instance_extra SET choice = 'c' WHERE instance_uuid = '${uuid}'`,
      'nova_cell1',
    );
    await refuses(/could not be taken back exactly: .*choice/);
  });

  it('is not committed: the row breaks a rule that came after it', async () => {
    await cloud.sql(
      `UPDATE instance_extra SET vcpu_model = 'x' WHERE instance_uuid = '${uuid}'; SET check_constraint_checks = 0;
       ALTER TABLE instance_extra ADD CONSTRAINT rule CHECK (vcpu_model <> 'x')`,
      'nova_cell1',
    );
    await refuses(/could not be taken back exactly: .*CONSTRAINT `rule` failed/);
  });

  it('is told by the column of the row of which something else comes back', async () => {
    const step = unit(
      cellIn(context, 'nova_cell1'),
      'nova_cell1',
      remove('instance_extra', `instance_uuid = '${uuid}'`, 1),
    );
    const [removal] = step.statements;
    assert.ok(removal);
    await withDatabase(context, step.database, async (connection) => {
      await connection.change('START TRANSACTION');
      const changed = await makeChange(connection, 'nova_cell1', removal);
      await tryBack(connection, uuid, step, [changed]);
      const other = { ...changed, restore: changed.restore.map((sql) => sql.replace(/NULL\)$/, "'x')")) };
      await assert.rejects(tryBack(connection, uuid, step, [other]), {
        code: 'plan-refused',
        message: /could not be taken back exactly: \w+ of nova_cell1\.instance_extra where id = \d+/,
      });
      await connection.change('ROLLBACK');
    });
  });

  it('is not committed: the server takes no statement so long', async () => {
    await cloud.sql(
      `ALTER TABLE instance_extra ADD bytes LONGBLOB; UPDATE instance_extra SET bytes = REPEAT(X'00', 9000000) WHERE instance_uuid = '${uuid}'`,
      'nova_cell1',
    );
    await refuses(/too large for its way back: .*max_allowed_packet/);
  });

  it('is one of which the server would set a column by itself', async () => {
    await cloud.sql(
      `ALTER TABLE instances ADD touched TIMESTAMP NULL ON UPDATE CURRENT_TIMESTAMP`,
      'nova_cell1',
    );
    await refuses(/With every UPDATE of nova_cell1\.instances the server sets touched to the time by itself/);
    const named = text.replace('SET deleted = id', 'SET touched = touched, deleted = id');
    const before = await cloud.dump();
    const report = await run(named);
    assert.equal(report.sections[0]?.outcome, 'done');
    assert.deepEqual(await cloud.sql(`SELECT touched FROM instances WHERE uuid = '${uuid}'`, 'nova_cell1'), [
      ['NULL'],
    ]);
    const back = await restorePlanText(context.folder, report.run, context.clock);
    assert.equal((await run(back)).sections[0]?.outcome, 'done');
    assert.equal(await cloud.dump(), before);
  });

  it('is not one with a text as long as the server takes', async () => {
    await cloud.sql(
      `ALTER TABLE instance_extra ADD long_text LONGTEXT;
       UPDATE instance_extra SET long_text = REPEAT('a', 15 * 1024 * 1024) WHERE instance_uuid = '${uuid}'`,
      'nova_cell1',
    );
    const before = await cloud.dump();
    const report = await run();
    assert.deepEqual([report.sections[0]?.problem, report.sections[0]?.outcome], [undefined, 'done']);
    const back = await restorePlanText(context.folder, report.run, context.clock);
    assert.equal((await run(back)).sections[0]?.outcome, 'done');
    assert.equal(await cloud.dump(), before);
  });
});
