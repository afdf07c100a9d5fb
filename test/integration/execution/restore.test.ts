import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { directive } from '../../../src/cleanup/directives';
import { parse } from '../../../src/cleanup/parse';
import type { RunContext } from '../../../src/execution/context';
import { listRuns } from '../../../src/execution/readJournal';
import { restorePlanText, settleRun } from '../../../src/execution/restorePlan';
import { runPlan } from '../../../src/execution/runPlan';
import type { RunReport } from '../../../src/model/report';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { contextFrom, contextOn, groundOf } from './bench';
import { bearingOut, planText, removeCache, sectionText, unitText } from './planText';

describe('the way back of a run', function () {
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

  function run(text: string): Promise<RunReport> {
    return runPlan(parse(text), text, { ...context, look: bearingOut(text) }, {});
  }

  async function runWell(text: string): Promise<RunReport> {
    const report = await run(text);
    assert.deepEqual(
      report.sections.map(({ outcome, problem }) => [outcome, problem]),
      report.sections.map(() => ['done', undefined]),
    );
    return report;
  }

  async function takeBack(report: RunReport): Promise<void> {
    const text = await restorePlanText(context.folder, report.run, context.clock);
    assert.deepEqual(parse(text).problems, []);
    await runWell(text);
  }

  it('brings hostile values back to the byte', async () => {
    await cloud.sql(
      `ALTER TABLE instance_extra
         ADD big BIGINT UNSIGNED, ADD small BIGINT, ADD price DECIMAL(40,20), ADD fraction DOUBLE, ADD moment DATETIME(6),
         ADD never DATETIME, ADD day DATE, ADD clock TIME(3), ADD bytes VARBINARY(300), ADD blobs LONGBLOB, ADD bits BIT(10),
         ADD document JSON, ADD old_text VARCHAR(50) CHARACTER SET latin1, ADD emoji TEXT CHARACTER SET utf8mb4, ADD choice ENUM('a', 'b'),
         ADD \`a \`\`strange name\` INT, ADD doubled INT AS (\`a \`\`strange name\` * 2) STORED, ADD shouted VARCHAR(60) AS (UPPER(old_text)) VIRTUAL;
       SET SESSION sql_mode = '';
       UPDATE instance_extra SET big = 18446744073709551615, small = -9223372036854775808, price = -12345678901234567890.12345678901234567890,
         fraction = 0.1, moment = '2026-11-23 10:31:07.000001', never = '0000-00-00 00:00:00', day = '2026-00-00', clock = '-838:59:59.000',
         bytes = X'00275C22FF0A0D1A80', blobs = REPEAT(X'00FF', 70000), bits = b'1010101010', document = '{"a\\\\"b": "it''s\\\\n\\\\u0000"}',
         old_text = CONVERT(X'C3A9C3BC27' USING utf8mb4), emoji = CONVERT(X'F09FA79F270A5C22E280A8E280AE1B002A2F2D2D' USING utf8mb4),
         choice = 'b', \`a \`\`strange name\` = -1, pci_requests = '', vcpu_model = ' ', device_metadata = '-- @plan version=1', keypairs = ''';--'
       WHERE instance_uuid = '${uuid}'`,
      'nova_cell1',
    );
    const before = await values();
    const changes = [
      `-- @expect rows=1\nUPDATE nova_cell1.instance_extra SET big = 1, small = 2, price = 3, fraction = 4, moment = NULL, never = NULL, day = NULL, clock = NULL,
        bytes = NULL, blobs = NULL, bits = 0, document = NULL, old_text = '', emoji = NULL, choice = NULL, keypairs = NULL WHERE instance_uuid = '${uuid}';`,
      `-- @expect rows=1\nDELETE FROM nova_cell1.instance_extra WHERE instance_uuid = '${uuid}';`,
    ];
    for (const tried of [changes, changes.slice(0, 1), changes.slice(1)]) {
      const report = await runWell(planText(context, sectionText(uuid, unitText(context, uuid, ...tried))));
      assert.notDeepEqual(await values(), before);
      await takeBack(report);
      assert.deepEqual(await values(), before);
    }
  });

  /** The dump, and what a dump as text can't tell apart. */
  async function values(): Promise<unknown[]> {
    const columns = 'HEX(bytes), MD5(blobs), HEX(bits), HEX(emoji), HEX(old_text), HEX(document)';
    const where = `WHERE instance_uuid = '${uuid}'`;
    return [
      await cloud.dump(['nova_cell1']),
      await cloud.sql(`SELECT ${columns} FROM instance_extra ${where}`, 'nova_cell1'),
    ];
  }

  it('empties the shadow tables and fills the others again', async () => {
    const before = await cloud.dump();
    const columns = (
      await cloud.sql(
        `SELECT column_name FROM information_schema.columns WHERE table_schema = 'nova_cell1' AND table_name = 'shadow_instance_info_caches'`,
      )
    )
      .flat()
      .join(', ');
    const report = await runWell(
      planText(
        context,
        sectionText(
          uuid,
          unitText(
            context,
            uuid,
            `-- @expect rows=1\nINSERT INTO nova_cell1.shadow_instance_info_caches (${columns}) SELECT ${columns} FROM nova_cell1.instance_info_caches WHERE instance_uuid = '${uuid}';`,
            removeCache(uuid),
          ),
        ),
      ),
    );
    assert.deepEqual(
      await cloud.sql(
        `SELECT COUNT(*) FROM shadow_instance_info_caches WHERE instance_uuid = '${uuid}'`,
        'nova_cell1',
      ),
      [['1']],
    );
    await takeBack(report);
    assert.equal(await cloud.dump(), before);
  });

  it('raises when something is in its way, and changes nothing', async () => {
    const report = await runWell(
      planText(context, sectionText(uuid, unitText(context, uuid, removeCache(uuid)))),
    );
    await cloud.sql(
      `INSERT INTO instance_info_caches (instance_uuid, deleted) VALUES ('${uuid}', 0)`,
      'nova_cell1',
    );
    const before = await cloud.dump();
    const back = await run(await restorePlanText(context.folder, report.run, context.clock));
    assert.deepEqual(
      back.sections.map(({ outcome }) => outcome),
      ['rolled-back'],
    );
    assert.equal(await cloud.dump(), before);
  });

  it('takes only back what was committed', async () => {
    const other =
      (
        await cloud.sql(
          `SELECT instance_uuid FROM instance_info_caches WHERE instance_uuid <> '${uuid}' AND deleted = 0 LIMIT 1`,
          'nova_cell1',
        )
      )[0]?.[0] ?? '';
    const report = await run(
      planText(
        context,
        sectionText(uuid, unitText(context, uuid, removeCache(uuid))),
        sectionText(other, unitText(context, other, removeCache(other, 2))),
      ),
    );
    const text = await restorePlanText(context.folder, report.run, context.clock);
    assert.deepEqual(
      parse(text).sections.map((section) => section.uuid),
      [uuid],
    );
  });

  it('brings the directory back with the rows', async () => {
    const host = 'compute-02';
    const path = `/var/lib/nova/instances/${uuid}`;
    await cloud.onHost(
      host,
      `mkdir ${path} && echo text > ${path}/console.log && touch -d '10 days ago' ${path}/console.log ${path}`,
    );
    const [before, tree] = [await cloud.dump(), await cloud.listTree(host)];
    const step = directive('directory', { host, path, bytes: 5, then: 'quarantine' });
    const report = await runWell(
      planText(context, sectionText(uuid, step, unitText(context, uuid, removeCache(uuid)))),
    );
    assert.equal((await cloud.onHost(host, `test -e ${path}`)).code, 1);
    await takeBack(report);
    assert.equal(await cloud.dump(), before);
    assert.equal(await cloud.listTree(host), tree);
  });

  it('is not there for a run that was itself one', async () => {
    const report = await runWell(
      planText(context, sectionText(uuid, unitText(context, uuid, removeCache(uuid)))),
    );
    const back = await runWell(await restorePlanText(context.folder, report.run, context.clock));
    await assert.rejects(restorePlanText(context.folder, back.run, context.clock), { code: 'plan-refused' });
  });

  it('is not there for a run that never was', async () => {
    for (const name of ['20261123T103107Z-abcdef', '../../etc', '']) {
      await assert.rejects(restorePlanText(context.folder, name, context.clock), { code: 'not-found' });
    }
  });

  describe('of a process that was killed at its COMMIT', () => {
    async function killed(moment: 'before' | 'after'): Promise<string> {
      const ground = await groundOf(cloud);
      context = contextFrom(ground);
      const text = planText(context, sectionText(uuid, unitText(context, uuid, removeCache(uuid))));
      const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'killedRun.ts')], {
        stdio: ['pipe', 'ignore', 'inherit'],
      });
      child.stdin.end(JSON.stringify({ ground, text, moment }));
      const signal = await new Promise((resolve) => child.on('exit', (_code, name) => resolve(name)));
      assert.equal(signal, 'SIGKILL');
      const [recorded] = await listRuns(context.folder);
      assert.equal(recorded?.outcome, 'interrupted');
      await assert.rejects(restorePlanText(context.folder, recorded.run, context.clock), {
        code: 'stale-evidence',
      });
      assert.equal(await settleRun(context.folder, recorded.run, context), 0);
      return restorePlanText(context.folder, recorded.run, context.clock);
    }

    it('is empty when the COMMIT was not sent, and nothing was changed', async () => {
      const before = await cloud.dump();
      assert.deepEqual(parse(await killed('before')).sections, []);
      assert.equal(await cloud.dump(), before);
    });

    it('is whole when the COMMIT had arrived', async () => {
      const before = await cloud.dump();
      const back = await killed('after');
      assert.notEqual(await cloud.dump(), before);
      await runWell(back);
      assert.equal(await cloud.dump(), before);
    });
  });
});
