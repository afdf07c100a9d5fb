import assert from 'node:assert/strict';
import type { Connection } from '../../../src/cloud/database/connection';
import { countChange, runSelect } from '../../../src/execution/queries';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { cellIn, contextOn, dropCache, guard, isReviewed, remove, rename } from './bench';

describe('one statement of a plan', function () {
  this.timeout(60_000);
  let cloud: DemoCloud;
  let connection: Connection;
  let uuid: string;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    uuid = cloud.planted.find((each) => each.kind === 'stuck-deleting' && each.cell === 'cell1')?.uuid ?? '';
  });

  beforeEach(async () => {
    const context = await contextOn(cloud);
    const cell = context.cells.find((each) => each.uuid === cellIn(context, 'nova_cell1'));
    assert.ok(cell);
    connection = await context.access.openCell(cell);
  });

  afterEach(() => connection.close());

  it('is counted without being run', async () => {
    const planted = await cloud.dump(['nova_cell1']);
    assert.equal(await countChange(connection, dropCache(uuid)), 1);
    assert.equal(await countChange(connection, rename(uuid)), 1);
    assert.equal(await countChange(connection, remove('tags', "resource_id = 'nobody'", 0)), 0);
    const copy = {
      ...dropCache(uuid),
      kind: 'insert-select',
      table: 'shadow_instance_info_caches',
      from: 'instance_info_caches',
    } as const;
    assert.equal(await countChange(connection, copy), 1);
    assert.equal(await cloud.dump(['nova_cell1']), planted);
  });

  it('is not counted when it is a SELECT, nor selected when it is a change', async () => {
    await assert.rejects(countChange(connection, isReviewed(uuid)), { code: 'plan-refused' });
    await assert.rejects(runSelect(connection, dropCache(uuid), 10), { code: 'plan-refused' });
  });

  it('gives the rows of a SELECT, and no more than were asked for', async () => {
    const all = guard('SELECT uuid FROM nova_cell1.instances ORDER BY uuid');
    const rows = await runSelect(connection, all, 5);
    const expected = await cloud.sql('SELECT uuid FROM instances ORDER BY uuid LIMIT 5', 'nova_cell1');
    assert.deepEqual(
      rows,
      expected.map(([found]) => ({ uuid: found })),
    );
  });

  it('asks the server for no more rows than it gives', async () => {
    const tables = ['a', 'b', 'c', 'd', 'e'].map((name) => `nova_cell1.instances ${name}`).join(', ');
    assert.equal((await runSelect(connection, guard(`SELECT a.id FROM ${tables}`), 3)).length, 3);
  });

  it('says so when a guard is not met', async () => {
    await assert.rejects(runSelect(connection, isReviewed(uuid, 7), 3), { code: 'guard-unmet' });
  });
});
