import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { parse } from '../../../../src/cleanup/parse';
import type { RunContext } from '../../../../src/execution/context';
import { dryRunPlan } from '../../../../src/execution/dryRunPlan';
import { restorePlanText } from '../../../../src/execution/restorePlan';
import { runPlan } from '../../../../src/execution/runPlan';
import { readJournal } from '../../../../src/execution/readJournal';
import type { RunReport } from '../../../../src/model/report';
import { fullDump } from '../fidelity/fullDump';
import { afterId, groundWith, planOf, plantedIn, schema, type HistoryGround } from './ground';

const instances = 2300;

describe('a run of a plan for soft-deleted history', function () {
  this.timeout(160_000);
  let ground: HistoryGround;
  let text: string;

  before(async () => {
    ground = await groundWith('history', instances);
  });

  beforeEach(async () => {
    await ground.cloud.reset();
    ground = { ...ground, ...(await plantedIn(ground.cloud, instances)) };
    text = await planOf(ground, { instances });
  });

  after(() => ground.cloud.stop());

  const run = (plan: string, changes: Partial<RunContext> = {}): Promise<RunReport> =>
    runPlan(parse(plan), plan, { ...ground.context, ...changes }, {});

  const count = async (where: string, table = 'instances', database = schema): Promise<number> => {
    const [row] = await ground.cloud.sql(`SELECT COUNT(*) FROM ${table} WHERE ${where}`, database);
    return Number(row?.[0]);
  };
  const left = (): Promise<number> => count(`id > ${afterId}`);

  it('reads as it was drafted', () => {
    assert.deepEqual(parse(text).problems, []);
  });

  it('deletes all of it, and its way back brings every byte back', async () => {
    const before = await fullDump(ground.cloud);
    const report = await run(text);
    assert.deepEqual(
      report.sections.map(({ outcome, problem }) => [outcome, problem]),
      [['done', undefined]],
    );
    const rows = report.sections.flatMap(({ steps }) => steps).reduce((sum, { rows: n = 0 }) => sum + n, 0);
    assert.equal(rows, 24 * instances);
    assert.equal(await left(), 0);
    assert.equal(await count(`action_id > ${afterId}`, 'instance_actions_events'), 0);
    const back = await restorePlanText(ground.context.folder, report.run, ground.context.clock);
    assert.deepEqual(parse(back).problems, []);
    const tried = await dryRunPlan(parse(back), back, ground.context, {});
    assert.ok(tried.sections.every(({ outcome }) => outcome === 'rolled-back'));
    const restored = await run(back);
    assert.ok(restored.sections.every(({ outcome }) => outcome === 'done'));
    assert.equal(await fullDump(ground.cloud), before);
  });

  it('tries one chunk in a dry run, and leaves everything as it is', async () => {
    const before = await fullDump(ground.cloud);
    const report = await dryRunPlan(parse(text), text, ground.context, {});
    const [section] = report.sections;
    assert.deepEqual([section?.outcome, section?.problem], ['rolled-back', undefined]);
    assert.equal(section?.steps.find(({ what }) => what === `${schema}.instances`)?.rows, 1000);
    assert.equal(await fullDump(ground.cloud), before);
    assert.equal(existsSync(ground.context.folder), false);
  });

  it('leaves what came back to life, is young, is not cleaned or holds inventory, and other customers’ rows', async () => {
    const id = (n: number): number => afterId + n;
    await ground.cloud.sql(
      [
        `UPDATE instances SET deleted = 0, deleted_at = NULL WHERE id = ${id(1)}`,
        `UPDATE instances SET cleaned = 0 WHERE id = ${id(2)}`,
        `UPDATE instances SET deleted_at = NOW() WHERE id = ${id(3)}`,
        `UPDATE pci_devices SET instance_uuid = (SELECT uuid FROM instances WHERE id = ${id(4)}) LIMIT 1`,
        `UPDATE instances SET cleaned = 0, host = NULL WHERE id = ${id(5)}`,
      ].join('; '),
      schema,
    );
    const devices = await count(
      `instance_uuid = (SELECT uuid FROM instances WHERE id = ${id(4)})`,
      'pci_devices',
    );
    assert.equal(devices, 1, 'the demo cloud has a device to give away');
    const live = await ground.cloud.sql('SELECT * FROM instances WHERE deleted = 0 ORDER BY id', schema);
    const report = await run(text);
    assert.equal(report.sections[0]?.outcome, 'done');
    const rows = await ground.cloud.sql(`SELECT id FROM instances WHERE id > ${afterId} ORDER BY id`, schema);
    assert.deepEqual(rows.flat().map(Number), [1, 2, 3, 4].map(id));
    for (const n of [1, 2, 3, 4]) {
      const own = `instance_uuid = (SELECT uuid FROM instances WHERE id = ${id(n)})`;
      assert.equal(await count(own, 'instance_system_metadata'), 10);
      assert.equal(
        await count(own.replace('instances', `${schema}.instances`), 'instance_mappings', 'nova_api'),
        1,
      );
    }
    assert.deepEqual(
      await ground.cloud.sql('SELECT * FROM instances WHERE deleted = 0 ORDER BY id', schema),
      live,
    );
  });

  it('leaves what a fresh look holds back, and what has moved to or from a host that could not be read', async () => {
    const [first = '', second = ''] = (
      await ground.cloud.sql(`SELECT uuid FROM instances WHERE id > ${afterId} ORDER BY id LIMIT 2`, schema)
    ).flat();
    await ground.cloud.sql(
      `UPDATE migrations SET source_compute = 'compute-09' WHERE instance_uuid = '${second}'`,
      schema,
    );
    const held = {
      reason: ({ uuid }: { uuid: string }) => (uuid === first ? 'a domain' : undefined),
      unreadHosts: ['compute-09'],
    };
    await run(text, { holdBack: () => Promise.resolve(held) });
    const rows = await ground.cloud.sql(`SELECT uuid FROM instances WHERE id > ${afterId}`, schema);
    assert.deepEqual(new Set(rows.flat()), new Set([first, second]));
  });

  it('leaves what became live after it was found', async () => {
    let armed = true;
    const access = {
      ...ground.context.access,
      openCell: async (...args: Parameters<typeof ground.context.access.openCell>) => {
        const connection = await ground.context.access.openCell(...args);
        const change = connection.change.bind(connection);
        connection.change = async (sql, signal) => {
          if (sql === 'START TRANSACTION' && armed) {
            armed = false;
            await ground.cloud.sql(`UPDATE instances SET deleted = 0 WHERE id = ${afterId + 7}`, schema);
          }
          return change(sql, signal);
        };
        return connection;
      },
    };
    const report = await run(text, { access });
    assert.equal(report.sections[0]?.outcome, 'done');
    assert.deepEqual(await ground.cloud.sql(`SELECT id FROM instances WHERE id > ${afterId}`, schema), [
      [String(afterId + 7)],
    ]);
  });

  it('refuses a text that says something else than a draft would, with nothing changed', async () => {
    const edits: readonly (readonly [string, string])[] = [
      ['deleted <> 0', 'deleted >= 0'],
      ['(cleaned = 1 OR host IS NULL)', '1 = 1'],
      [`DELETE FROM ${schema}.tags`, `DELETE FROM ${schema}.services`],
      [`DELETE FROM ${schema}.instance_faults WHERE instance_uuid IN (@uuids);\n`, ''],
      ['cell_id + 0 = ', 'cell_id + 0 = 1'],
    ];
    for (const [from, to] of edits) {
      assert.ok(text.includes(from), from);
      await assert.rejects(run(text.replace(from, to)), { code: 'plan-refused' }, to);
    }
    const young = `${new Date().toISOString().slice(0, 19)}Z`;
    const plan = await planOf(ground, { before: young });
    await assert.rejects(run(plan), { code: 'plan-refused' });
    assert.equal(await left(), instances);
  });

  it('stops at a foreign key that came since, and loses nothing', async () => {
    await ground.cloud.sql(
      `CREATE TABLE billing (id INT PRIMARY KEY, instance_uuid VARCHAR(36) CHARACTER SET utf8mb3,
        FOREIGN KEY (instance_uuid) REFERENCES instances (uuid))`,
      schema,
    );
    await assert.rejects(run(text), { code: 'plan-refused' });
    await ground.cloud.sql('DROP TABLE billing', schema);
    assert.equal(await left(), instances);
  });

  it('saves the rows of each transaction before its COMMIT', async () => {
    const report = await run(text);
    const lines = await readJournal(ground.context.folder, report.run);
    const prepared = lines.flatMap((line) => (line.event === 'prepared' ? [line] : []));
    const committed = lines.filter(({ event }) => event === 'committed');
    assert.equal(prepared.length, committed.length);
    assert.equal(
      prepared.reduce((sum, { chunk }) => sum + (chunk?.rows ?? 0), 0),
      24 * instances,
    );
  });
});
