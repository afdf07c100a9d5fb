import assert from 'node:assert/strict';
import { historyDocument } from '../../../../src/cleanup/history/draft';
import { historyRestoreDocument } from '../../../../src/cleanup/history/restoreHistory';
import { parse } from '../../../../src/cleanup/parse';
import type { Schema } from '../../../../src/model/schema';
import { schemaOf } from '../schemas';

const cell = '77ab04c1-0000-4000-8000-000000000001';
const plan = { cloud: 'prod', cells: [cell], id: 'an-id', drafted: '2026-11-24T10:00:00Z' };

function draft(schema: Schema = schemaOf('zed', 'nova', 'nova')): string {
  const history = {
    ...{ cell, name: 'cell\n1', id: 3, schema, before: '2026-08-24T00:00:00Z', from: 1, to: 110_000 },
    ...{ instances: 100_000, kept: [{ reason: 'a domain of it is on a host', instances: 12 }] },
  };
  return historyDocument({ ...plan, scanned: plan.drafted }, schemaOf('zed', 'nova_api', 'nova_api'), [
    history,
  ]);
}

const problemsOf = (text: string): string[] => parse(text).problems.map(({ message }) => message);

describe('a plan for soft-deleted history', () => {
  it('reads back as it was drafted', () => {
    const { header, histories, sections, problems } = parse(draft());
    assert.deepEqual(problems, []);
    assert.equal(header?.purpose, 'history');
    assert.deepEqual(sections, []);
    const [history] = histories;
    assert.deepEqual(
      [history?.cell, history?.from, history?.to, history?.instances, history?.chunk],
      [cell, 1, 110_000, 100_000, 1000],
    );
  });

  it('takes the instances, deletes children before parents, and the mapping last of all', () => {
    const [inCell, inApi] = parse(draft()).histories[0]?.units ?? [];
    const kinds = inCell?.statements.map(({ kind, table }) => `${kind} ${table}`) ?? [];
    assert.equal(kinds[0], 'guard instances');
    assert.equal(kinds.at(-1), 'delete instances');
    assert.ok(kinds.indexOf('delete instance_actions_events') < kinds.indexOf('delete instance_actions'));
    assert.ok(kinds.indexOf('ids instance_actions') < kinds.indexOf('delete instance_actions_events'));
    assert.ok(!kinds.some((kind) => kind.includes('pci_devices')));
    assert.equal(inApi?.statements.at(-1)?.table, 'instance_mappings');
    assert.match(inApi?.statements[0]?.sql ?? '', /cell_id \+ 0 = 3/);
  });

  it('takes only what is deleted, old, cleaned or without a host, and holds no inventory', () => {
    const guard = parse(draft()).histories[0]?.units[0]?.statements[0]?.sql ?? '';
    for (const part of [
      'deleted <> 0',
      "deleted_at < '2026-08-24 00:00:00'",
      '(cleaned = 1 OR host IS NULL)',
      'NOT EXISTS (SELECT 1 FROM nova.pci_devices WHERE pci_devices.instance_uuid = instances.uuid)',
      'FOR UPDATE',
    ]) {
      assert.ok(guard.includes(part), part);
    }
  });

  const edits: Readonly<Record<string, readonly [string, string]>> = {
    'a condition that is left out': ['deleted <> 0\n    AND ', ''],
    'another time than that of the section': ["deleted_at < '2026-08-24", "deleted_at < '2026-11-24"],
    'another table': ['DELETE FROM nova.tags', 'DELETE FROM nova.services'],
    'another condition': ['WHERE resource_id IN (@uuids)', 'WHERE resource_id IN (@uuids) OR 1 = 1'],
    'a table in other letters': ['DELETE FROM nova.tags', 'DELETE FROM nova.TAGS'],
    'no placeholder': ['WHERE resource_id IN (@uuids)', "WHERE resource_id IN ('x')"],
    'another schema': ['DELETE FROM nova.tags', 'DELETE FROM other.tags'],
    'a guard without a lock': ['ORDER BY id FOR UPDATE', 'ORDER BY id'],
    'inventory that is deleted': [
      'DELETE FROM nova.tags WHERE resource_id',
      'DELETE FROM nova.pci_devices WHERE instance_uuid',
    ],
    'a chunk without an end': ['chunk=1000', 'chunk=1000000'],
    'ids that run backwards': ['from=1 to=110000', 'from=110000 to=1'],
    'a cell that is none': [`cell="${cell}" name`, 'cell="x" name'],
    'the wrong purpose': ['purpose="history"', 'purpose="cleanup"'],
    'an instance beside it': ['-- @history', '-- @confirm type="0a2d1bf7" typed=""\n-- @history'],
  };
  for (const [what, [from, to]] of Object.entries(edits)) {
    it(`refuses ${what}`, () => {
      const text = draft();
      assert.ok(text.includes(from), from);
      assert.notDeepEqual(problemsOf(text.replace(from, to)), []);
    });
  }

  it('reads the same with other blanks, and names in backticks', () => {
    const text = draft().replace('DELETE FROM nova.tags WHERE', 'DELETE  FROM `nova`.`tags`\n  WHERE');
    assert.deepEqual(problemsOf(text), []);
  });

  it('is not drafted where a table refers to instances that nobody knows', () => {
    const zed = schemaOf('zed', 'nova', 'nova');
    const key = { name: 'fk', columns: ['i'], referencedTable: 'instances', referencedColumns: ['uuid'] };
    const billing = { name: 'billing', columns: [], primaryKey: [], foreignKeys: [key] };
    const schema = { ...zed, tables: new Map([...zed.tables, ['billing', billing] as const]) };
    assert.throws(() => draft(schema), { code: 'plan-refused' });
  });
});

describe('a plan that brings history back', () => {
  const chunk = { file: '00001-nova.sql.gz', database: cell, schema: 'nova', rows: 24, sha256: 'ab' };
  const text = historyRestoreDocument({ ...plan, run: 'a-run', rolledBack: [] }, [
    chunk,
    { ...chunk, file: '00002-nova_api.sql.gz', database: 'api' },
  ]);

  it('reads back as it was drafted', () => {
    const { chunks, problems } = parse(text);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      chunks.map(({ file, database, rows, sha256 }) => [file, database, rows, sha256]),
      [
        ['00001-nova.sql.gz', cell, 24, 'ab'],
        ['00002-nova_api.sql.gz', 'api', 24, 'ab'],
      ],
    );
  });

  it('refuses a file elsewhere, one that is named twice, and a line in another plan', () => {
    assert.notDeepEqual(problemsOf(text.replace('00001-nova', '../00001-nova')), []);
    assert.notDeepEqual(problemsOf(text.replace('00002-nova_api', '00001-nova')), []);
    assert.notDeepEqual(problemsOf(text.replace('purpose="restore"', 'purpose="purge"')), []);
  });
});
