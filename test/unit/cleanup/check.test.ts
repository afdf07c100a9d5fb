import assert from 'node:assert/strict';
import { check, type CheckContext } from '../../../src/cleanup/check';
import { draft } from '../../../src/cleanup/draft';
import { parse } from '../../../src/cleanup/parse';
import type { Schema } from '../../../src/model/schema';
import { cell1, cell2, inputOf, subject, zed, zedApi } from './subjects';

const text = draft(inputOf(subject)).text;
const plan = parse(text);
const context: CheckContext = { cloud: 'prod-eu', cells: [cell2, cell1] };

function places(changes: Partial<CheckContext>): string[] {
  return check(plan, { ...context, ...changes }).map(({ severity, span }) => {
    assert.equal(severity, 'error');
    return text.slice(span.start, span.end).split(' ').slice(0, 3).join(' ');
  });
}

function schemas(nova: Schema): ReadonlyMap<string, Schema> {
  return new Map([
    [cell1, nova],
    ['api', zedApi],
  ]);
}

describe('a plan and its cloud', () => {
  it('fit when the name, the cells and the schemas are those it was drafted for', () => {
    assert.deepEqual(places({}), []);
    assert.deepEqual(places({ schemas: schemas(zed) }), []);
  });

  it('do not fit when the cloud has another name', () =>
    assert.deepEqual(places({ cloud: 'prod-us' }), ['-- @plan version=1']));

  it('do not fit when the cloud has more, fewer or other cells', () => {
    assert.deepEqual(places({ cells: [cell1, cell2, '00000000-0000-0000-0000-000000000000'] }), [
      '-- @plan version=1',
    ]);
    assert.deepEqual(places({ cells: [cell1] }), ['-- @plan version=1']);
    assert.deepEqual(places({ cells: [cell2] }), ['-- @plan version=1', `-- @unit cell="${cell1}"`]);
  });

  it('do not fit when a database has another schema', () => {
    assert.deepEqual(places({ schemas: schemas({ ...zed, name: 'nova' }) }), [`-- @unit cell="${cell1}"`]);
  });

  it('do not fit when a table refers to instances that nobody knows', () => {
    const billing = {
      name: 'billing',
      columns: [],
      primaryKey: [],
      foreignKeys: [{ name: 'b', columns: ['i'], referencedTable: 'instances', referencedColumns: ['uuid'] }],
    };
    const nova = { ...zed, tables: new Map([...zed.tables, ['billing', billing]]) };
    const [problem] = check(plan, { ...context, schemas: schemas(nova) });
    assert.match(problem?.message ?? '', /billing/);
  });
});
