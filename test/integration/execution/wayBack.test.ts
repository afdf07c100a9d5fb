import assert from 'node:assert/strict';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { directive } from '../../../src/cleanup/directives';
import { parse } from '../../../src/cleanup/parse';
import type { RunContext } from '../../../src/execution/context';
import { Journal } from '../../../src/execution/journal';
import { restorePlanText } from '../../../src/execution/restorePlan';
import { runPlan } from '../../../src/execution/runPlan';
import type { RunReport } from '../../../src/model/report';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { cellIn, contextOn } from './bench';
import { bearingOut, planText, removeCache, sectionText, unitText } from './planText';

describe('a restore plan', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;
  let context: RunContext;
  let uuid: string;
  let other: string;

  before(async () => {
    cloud = await sharedCloud();
  });

  beforeEach(async () => {
    await cloud.reset();
    context = await contextOn(cloud);
    const rows = await cloud.sql(
      'SELECT uuid FROM instances JOIN instance_info_caches c ON c.instance_uuid = uuid WHERE instances.deleted = 0 ORDER BY 1 LIMIT 2',
      'nova_cell1',
    );
    [uuid = '', other = ''] = rows.flat();
  });

  function run(text: string): Promise<RunReport> {
    return runPlan(parse(text), text, { ...context, look: bearingOut(text) }, {});
  }

  async function back(...changes: readonly string[]): Promise<{ report: RunReport; text: string }> {
    const report = await run(planText(context, sectionText(uuid, unitText(context, uuid, ...changes))));
    assert.deepEqual(
      report.sections.map(({ outcome, problem }) => [outcome, problem?.message]),
      [['done', undefined]],
    );
    return { report, text: await restorePlanText(context.folder, report.run, context.clock) };
  }

  it('runs nothing that the run did not save', async () => {
    const { text } = await back(removeCache(uuid));
    const [row] = await cloud.sql(`SELECT id FROM instances WHERE uuid = '${other}'`, 'nova_cell1');
    const id = row?.[0] ?? '';
    const before = await cloud.dump();
    const foreign = `-- @expect rows=1\nUPDATE nova_cell1.instances SET deleted = id, vm_state = 'deleted' WHERE id = ${id};\n`;
    for (const edited of [
      text.replace('COMMIT;', `${foreign}COMMIT;`),
      text.replace(/-- @expect[^;]*INSERT[^;]*;\n/, foreign),
      text.replace(/INSERT INTO nova_cell1\.instance_info_caches/, 'INSERT INTO nova_cell1.instance_faults'),
      text.replaceAll(uuid, other),
      text.replace(/ run="[^"]*"/, ' run="20261123T103107Z-abcdef"'),
    ]) {
      assert.notEqual(edited, text);
      await assert.rejects(run(edited), /Line|There is no run/);
    }
    assert.equal(await cloud.dump(), before);
    assert.equal((await run(text.replaceAll('\n', '\r\n'))).sections[0]?.outcome, 'done');
  });

  it('runs on no other cloud than the run did, whatever its header says', async () => {
    const { report, text } = await back(removeCache(uuid));
    const file = join(context.folder, report.run, 'journal.jsonl');
    const journal = await readFile(file, 'utf8');
    const before = await cloud.dump();
    for (const elsewhere of [
      journal.replace('"cloud":"demo"', '"cloud":"other"'),
      journal.replace(/"cells":\["[^"]*",/, '"cells":['),
      journal.replace(/"cells":\["[^"]*"/, '"cells":["c0ffee00-0000-4000-8000-000000000001"'),
    ]) {
      assert.notEqual(elsewhere, journal);
      await writeFile(file, elsewhere);
      await assert.rejects(run(text), { code: 'plan-refused', message: /another cloud/ });
    }
    assert.equal(await cloud.dump(), before);
  });

  it('takes no device back from the instance that has it by now', async () => {
    await cloud.sql(
      `SET foreign_key_checks = 0; INSERT INTO pci_devices (id, created_at, deleted, compute_node_id, address, product_id, vendor_id, dev_type, dev_id, label, status, extra_info, instance_uuid, request_id)
       SELECT 990001, NOW(), 0, MIN(id), '0000:81:00.1', '10ed', '8086', 'type-VF', 'pci_1', 'l', 'allocated', '{}', '${uuid}', 'r1' FROM compute_nodes`,
      'nova_cell1',
    );
    const { text } = await back(
      `-- @expect rows=1\nUPDATE nova_cell1.pci_devices SET status = 'available', instance_uuid = NULL, request_id = NULL WHERE instance_uuid = '${uuid}';`,
    );
    await cloud.sql(
      `UPDATE pci_devices SET status = 'allocated', instance_uuid = '${other}' WHERE id = 990001`,
      'nova_cell1',
    );
    const before = await cloud.dump();
    const report = await run(text);
    assert.deepEqual(
      report.sections.map(({ outcome, problem }) => [outcome, problem?.code]),
      [['rolled-back', 'unexpected-count']],
    );
    assert.equal(await cloud.dump(), before);
  });

  it('says of what it could not bring back which row it was, and not what was in it', async () => {
    await cloud.sql(`UPDATE instances SET user_data = 'c2VjcmV0' WHERE uuid = '${uuid}'`, 'nova_cell1');
    const { text } = await back(
      `-- @expect rows=1\nUPDATE nova_cell1.instances SET user_data = NULL, hostname = 'x' WHERE uuid = '${uuid}';`,
    );
    assert.match(text, /c2VjcmV0/);
    await cloud.sql(`UPDATE instances SET hostname = 'y' WHERE uuid = '${uuid}'`, 'nova_cell1');
    const warnings: string[] = [];
    context = { ...context, logger: { ...context.logger, warn: (line) => void warnings.push(line) } };
    const report = await run(text);
    assert.equal(report.sections[0]?.problem?.code, 'unexpected-count');
    assert.match(report.sections[0].problem.message, /UPDATE nova_cell1\.instances WHERE id = \d+ /);
    assert.ok(warnings.length > 0);
    assert.doesNotMatch(JSON.stringify([report, warnings]), /c2VjcmV0/);
  });

  it('brings rows without a parent back', async () => {
    const orphan = '5f1c9b1e-3f0e-4b0e-9a51-0d9f3a3c2b11';
    await cloud.sql(
      `SET foreign_key_checks = 0; INSERT INTO instance_faults (id, instance_uuid, code, deleted) VALUES (990001, '${orphan}', 500, 0)`,
      'nova_cell1',
    );
    const before = await cloud.dump();
    const report = await run(
      planText(
        context,
        sectionText(
          orphan,
          directive('unit', { cell: cellIn(context, 'nova_cell1'), schema: 'nova_cell1' }),
          'START TRANSACTION;',
          `SELECT IF(COUNT(*) = 0, 'ok', ~0 + 1) FROM nova_cell1.instances WHERE uuid = '${orphan}' FOR UPDATE;`,
          `-- @expect rows=1\nDELETE FROM nova_cell1.instance_faults WHERE instance_uuid = '${orphan}';`,
          'COMMIT;',
        ).replace('depth="complete"', 'depth="purge"'),
      ),
    );
    assert.equal(report.sections[0]?.outcome, 'done');
    const restored = await run(await restorePlanText(context.folder, report.run, context.clock));
    assert.deepEqual(restored.sections[0]?.problem, undefined);
    assert.equal(await cloud.dump(), before);
  });

  it('is there for a run whose journal has a line that was cut off', async () => {
    const { report, text } = await back(removeCache(uuid));
    const journal = await Journal.open(context.folder, '20261123T103107Z-abcdef', '', context.clock);
    Object.assign(journal, { folder: join(context.folder, report.run) });
    await appendFile(join(context.folder, report.run, 'journal.jsonl'), '{"at":"2026-11-2');
    await journal.add({ event: 'run-ended', outcome: 'stopped' });
    const again = await restorePlanText(context.folder, report.run, context.clock);
    assert.deepEqual(parse(again).sections.length, parse(text).sections.length);
    await appendFile(join(context.folder, report.run, 'journal.jsonl'), 'torn\n');
    assert.equal((await run(again)).sections[0]?.outcome, 'done');
  });
});
