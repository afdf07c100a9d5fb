import assert from 'node:assert/strict';
import type { RunContext } from '../../../src/execution/context';
import { Journal } from '../../../src/execution/journal';
import { dryRunUnit, runUnit } from '../../../src/execution/unit';
import { sideEffectRefusal } from '../../../src/cleanup/sideEffects';
import { readContents } from '../../../src/evidence/contents';
import { OperatorError } from '../../../src/model/errors';
import type { Statement } from '../../../src/model/plan';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { cellIn, contextOn, dropCache, remove, rename, section, unit } from './bench';

describe('a change of which the server would make more than it says', function () {
  this.timeout(60_000);
  let cloud: DemoCloud;
  let context: RunContext;
  let journal: Journal;
  let uuid: string;

  before(async () => {
    cloud = await sharedCloud();
  });

  beforeEach(async () => {
    await cloud.reset();
    context = await contextOn(cloud);
    journal = await Journal.open(context.folder, '20261123T103107Z-abcdef', 'the plan', context.clock);
    uuid = cloud.planted.find(({ kind, cell }) => kind === 'stuck-deleting' && cell === 'cell1')?.uuid ?? '';
  });

  after(() => cloud.reset());

  const dropInstance = (): Statement => remove('instances', `uuid = '${uuid}'`, 1);

  async function refuses(statement: Statement, message: RegExp): Promise<void> {
    const before = await cloud.dump(['nova_cell1']);
    const step = unit(cellIn(context, 'nova_cell1'), 'nova_cell1', statement);
    for (const { outcome, error } of [
      await dryRunUnit(section(uuid, step), step, context),
      await runUnit(section(uuid, step), step, context, journal),
    ]) {
      assert.notEqual(outcome, 'done');
      assert.ok(OperatorError.is(error, 'plan-refused') && message.test(error.message), String(error));
    }
    assert.equal(await cloud.dump(['nova_cell1']), before);
  }

  async function isDone(statement: Statement): Promise<void> {
    const step = unit(cellIn(context, 'nova_cell1'), 'nova_cell1', statement);
    const { outcome, error } = await runUnit(section(uuid, step), step, context, journal);
    assert.deepEqual([outcome, error], ['done', undefined]);
  }

  async function makeKeys(rule: string): Promise<void> {
    const keys = await cloud.sql(
      `SELECT k.TABLE_NAME, CONSTRAINT_NAME, COLUMN_NAME
         FROM information_schema.KEY_COLUMN_USAGE k JOIN information_schema.COLUMNS c USING (TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME)
        WHERE TABLE_SCHEMA = 'nova_cell1' AND REFERENCED_TABLE_NAME = 'instances' AND IS_NULLABLE = 'YES'`,
    );
    for (const [table = '', name = '', column = ''] of keys) {
      await cloud.sql(
        `SET foreign_key_checks = 0; ALTER TABLE ${table} DROP FOREIGN KEY ${name},
          ADD CONSTRAINT ${name}_acts FOREIGN KEY (${column}) REFERENCES instances (uuid) ${rule}`,
        'nova_cell1',
      );
    }
  }

  for (const rule of ['ON DELETE CASCADE', 'ON DELETE SET NULL']) {
    it(`is refused: a key that says ${rule} takes rows that are not saved`, async () => {
      await makeKeys(rule);
      await refuses(dropInstance(), new RegExp(`foreign key .*_acts says ${rule}`));
      await isDone(rename(uuid));
    });
  }

  it('is refused: a key that says ON UPDATE CASCADE', async () => {
    await makeKeys('ON UPDATE CASCADE');
    await refuses(rename(uuid), /says ON UPDATE CASCADE/);
  });

  it('is read with the schema, so that a draft refuses too', async () => {
    await makeKeys('ON DELETE CASCADE');
    await cloud.sql(
      `CREATE TRIGGER tidy AFTER DELETE ON instance_info_caches FOR EACH ROW DELETE FROM tags WHERE resource_id = OLD.instance_uuid`,
      'nova_cell1',
    );
    const contents = (await readContents(context.access, context.cells, [uuid])).get(uuid) ?? [];
    const [cell, api] = [cellIn(context, 'nova_cell1'), 'api'].map((id) =>
      contents.find(({ database }) => database === id),
    );
    const effects = cell?.schema.sideEffects ?? [];
    assert.match(sideEffectRefusal(effects, 'instances', 'delete')?.message ?? '', /says ON DELETE CASCADE/);
    assert.match(sideEffectRefusal(effects, 'instance_info_caches', 'update')?.message ?? '', /trigger tidy/);
    assert.equal(sideEffectRefusal(effects, 'instances', 'update'), undefined);
    assert.deepEqual([api?.schema.name, api?.schema.sideEffects], ['nova_api', undefined]);
  });

  it('is refused: a key of another database', async () => {
    try {
      await cloud.sql(
        `CREATE DATABASE nova_elsewhere; CREATE TABLE nova_elsewhere.notes (instance_uuid VARCHAR(36) CHARACTER SET utf8mb3,
           FOREIGN KEY (instance_uuid) REFERENCES nova_cell1.instances (uuid) ON DELETE CASCADE)`,
      );
      await refuses(dropInstance(), /rows of notes/);
    } finally {
      await cloud.sql('DROP DATABASE IF EXISTS nova_elsewhere');
    }
  });

  it('is refused: a trigger of its table, and of no other', async () => {
    await cloud.sql(
      `CREATE TRIGGER tidy AFTER DELETE ON instance_info_caches FOR EACH ROW DELETE FROM tags WHERE resource_id = OLD.instance_uuid`,
      'nova_cell1',
    );
    await refuses(dropCache(uuid), /trigger tidy of instance_info_caches/);
    await isDone(rename(uuid));
  });
});
