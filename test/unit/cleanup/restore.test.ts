import assert from 'node:assert/strict';
import { unitDirective } from '../../../src/cleanup/directives';
import { parse } from '../../../src/cleanup/parse';
import { restoreDocument, type RestoreSection } from '../../../src/cleanup/restore';
import { cell1, inputOf, uuid } from './subjects';

const { cloud, cells, id, drafted } = inputOf();

function unit(database: string, schema: string, ...statements: string[]): string {
  const changes = statements.flatMap((statement) => ['-- @expect rows=1', `${statement};`]);
  return [unitDirective(database, schema), 'START TRANSACTION;', ...changes, 'COMMIT;'].join('\n');
}

const path = `/var/lib/nova/instances/${uuid}`;
const section: RestoreSection = {
  uuid,
  name: 'web-01\n-- @unit',
  units: [
    unit('api', 'nova_api', 'UPDATE nova_api.instance_mappings SET queued_for_delete = 0 WHERE id = 7'),
    unit(
      cell1,
      'nova_cell1',
      "INSERT INTO nova_cell1.instances (id, uuid, `key_data`, deleted) VALUES (29, 'a', CONVERT(X'27' USING utf8mb4), -1)",
      'DELETE FROM nova_cell1.shadow_instances WHERE id = 29',
    ),
  ],
  directories: [
    { host: 'compute-02', path, from: `/var/lib/nova/instances/.quarantine/r1/${uuid}`, bytes: 1 },
  ],
};

function textOf(...units: readonly string[]): string {
  return restoreDocument({ cloud, cells, id, drafted, run: 'r1', rolledBack: [] }, [{ ...section, units }]);
}

function errors(text: string): number {
  return parse(text).problems.filter(({ severity }) => severity === 'error').length;
}

describe('a restore plan', () => {
  const plan = parse(textOf(...section.units));

  it('is read without a problem', () => assert.deepEqual(plan.problems, []));

  it('names the run that it takes back', () => {
    assert.equal(plan.header?.purpose, 'restore');
    assert.equal(plan.header.run, 'r1');
  });

  it('has the units in the order they were given, then the directories to rename back', () => {
    const [only] = plan.sections;
    assert.equal(only?.kind, 'restore');
    assert.equal(only.name, section.name);
    assert.deepEqual(
      only.steps.map((step) => (step.step === 'unit' ? step.statements.map(({ kind }) => kind) : step.step)),
      [['update'], ['insert', 'delete'], 'directory'],
    );
    const directory = only.steps.find((step) => step.step === 'directory');
    assert.equal(directory?.path, path);
    assert.equal(directory.from, section.directories[0]?.from);
  });

  it('changes no other tables than a cleanup plan does', () => {
    assert.equal(
      errors(textOf(unit(cell1, 'nova_cell1', 'UPDATE nova_cell1.services SET id = 1 WHERE id = 1'))),
      1,
    );
    assert.equal(errors(textOf(unit(cell1, 'nova_cell1', 'INSERT INTO mysql.user (a) VALUES (1)'))), 2);
    assert.equal(errors(textOf(unit(cell1, 'nova_cell1', 'DELETE FROM nova_cell1.shadow_tags'))), 1);
  });

  it('picks rows one by one', () => {
    for (const condition of [
      '1 = 1',
      'id > 0',
      'id = id',
      'id = `id`',
      "id = '29'",
      'id = 29 OR 1',
      "instance_uuid = 'another'",
    ]) {
      assert.equal(
        errors(
          textOf(
            unit(cell1, 'nova_cell1', `DELETE FROM nova_cell1.shadow_instance_faults WHERE ${condition}`),
          ),
        ),
        1,
        condition,
      );
    }
    const tag = `DELETE FROM nova_cell1.shadow_tags WHERE resource_id = '${uuid}' AND tag = 'red'`;
    assert.equal(errors(textOf(unit(cell1, 'nova_cell1', tag))), 0);
  });

  it('deletes nothing but the copies that were made in the shadow tables', () => {
    const one = (table: string): number =>
      errors(textOf(unit(cell1, 'nova_cell1', `DELETE FROM nova_cell1.${table} WHERE id = 29`)));
    assert.equal(one('shadow_instances'), 0);
    assert.equal(one('instances'), 1);
    assert.equal(one('instance_extra'), 1);
  });

  it('may bring rows back whose parent was missing, and deletes nothing in that unit', () => {
    const insert = 'INSERT INTO nova_cell1.tags (resource_id, tag) VALUES (1, 2)';
    const orphans = (sql: string): string =>
      textOf(unit(cell1, 'nova_cell1', sql)).replace(
        'schema="nova_cell1"',
        'schema="nova_cell1" parents="missing"',
      );
    const step = parse(orphans(insert)).sections[0]?.steps.find((each) => each.step === 'unit');
    assert.equal(step?.parentsMissing, true);
    assert.equal(errors(orphans(insert)), 0);
    assert.equal(errors(orphans('DELETE FROM nova_cell1.shadow_instances WHERE id = 29')), 1);
    assert.ok(errors(orphans(insert).replace('"missing"', '"any"')) > 0);
  });

  it('is no cleanup plan by another name', () => {
    const text = textOf(...section.units);
    assert.ok(errors(text.replace('purpose="restore"', 'purpose="cleanup"')) > 0);
    assert.ok(errors(text.replace(' run="r1"', '')) > 0);
    assert.ok(errors(text.replace('then="restore"', 'then="delete"')) > 0);
    assert.ok(errors(text.replace(/ from="[^"]*"/, '')) > 0);
  });
});
