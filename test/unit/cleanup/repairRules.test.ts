import assert from 'node:assert/strict';
import { errorsOf } from './editing';
import { errorsWith, refused, textOf } from './repairEdits';
import {
  deletedContent,
  endMigration,
  finishDelete,
  forgetVolume,
  moveRow,
  queueMapping,
  removeRows,
  repaired,
  volumeId,
} from './repairs';
import { apiContent, cell2, cellContent, orphans, otherUuid, uuid, zed } from './subjects';

const live = textOf(repaired([endMigration, forgetVolume, moveRow, removeRows('console_auth_tokens')]));
const deleted = textOf(
  repaired([queueMapping, finishDelete, removeRows('pci_devices')], [apiContent, deletedContent]),
);

/** Puts another change in front of those of a plan. */
function refusedChange(plan: string, change: string, reason: RegExp): void {
  const at = plan.lastIndexOf('FOR UPDATE;', plan.indexOf('@expect')) + 'FOR UPDATE;'.length;
  const edited = `${plan.slice(0, at)}\n-- @expect rows=1\n${change}${plan.slice(at)}`;
  const errors = errorsOf(edited).filter(({ span }) =>
    edited.slice(span.start).startsWith(change.slice(0, 6)),
  );
  assert.ok(
    errors.some(({ message }) => reason.test(message)),
    `${change}: ${JSON.stringify(errorsOf(edited))}`,
  );
}

const own = `WHERE uuid = '${uuid}'`;
const child = `WHERE instance_uuid = '${uuid}'`;
const leavesRow = /leaves the row of the instance as it is/;

describe('a section of depth repair', () => {
  it('has no error as it was drafted, and its conditions may be narrowed', () => {
    assert.deepEqual(errorsOf(live), []);
    assert.deepEqual(errorsOf(deleted), []);
    assert.deepEqual(errorsWith(live, 'AND status <=>', 'AND deleted = 0 AND status <=>'), []);
    assert.deepEqual(errorsWith(deleted, 'AND deleted <> 0;', 'AND deleted <> 0 AND cleaned = 0;'), []);
  });

  it('does not remove the row of the instance, nor the mapping', () => {
    for (const plan of [live, deleted]) {
      refusedChange(plan, `DELETE FROM nova_cell1.instances ${own};`, leavesRow);
      refusedChange(plan, `DELETE FROM nova_cell1.instances ${own} AND deleted <> 0;`, leavesRow);
    }
    const queue = `SET queued_for_delete = 1, updated_at = UTC_TIMESTAMP()`;
    refused(
      deleted,
      `UPDATE nova_api.instance_mappings ${queue}`,
      'DELETE FROM nova_api.instance_mappings',
      /of the mapping, .* nothing else/,
    );
    refused(
      deleted,
      queue,
      'SET queued_for_delete = 0, updated_at = UTC_TIMESTAMP()',
      /of the mapping, .* nothing else/,
    );
    refused(
      deleted,
      queue,
      'SET queued_for_delete = 1, cell_id = NULL, updated_at = UTC_TIMESTAMP()',
      /nothing else/,
    );
    refused(
      deleted,
      `UPDATE nova_api.instance_mappings ${queue}`,
      `UPDATE nova_api.request_specs ${queue}`,
      /No repair changes request_specs/,
    );
    refused(
      deleted,
      `UPDATE nova_api.instance_mappings ${queue}`,
      'DELETE FROM nova_api.build_requests',
      /No repair changes build_requests/,
    );
  });

  it('sets nothing else of the row of the instance', () => {
    for (const set of [
      'deleted = id',
      'deleted = id, deleted_at = UTC_TIMESTAMP()',
      `host = 'a'`,
      `host = 'a', node = 'b', vm_state = 'active'`,
      `host = NULL, node = 'b'`,
      `host = 'a', node = 'b', compute_id = 'c'`,
      `host = 'a', node = 'b', compute_id = id`,
      `host = 'a', node = 'b', host = 'c'`,
      `host = display_name, node = 'b'`,
      'task_state = NULL',
    ]) {
      refusedChange(live, `UPDATE nova_cell1.instances SET ${set} ${own};`, leavesRow);
      const moving = `${own} AND deleted = 0 AND host <=> 'compute-02'`;
      if (!set.startsWith('deleted'))
        refusedChange(live, `UPDATE nova_cell1.instances SET ${set} ${moving};`, leavesRow);
    }
  });

  it('moves a live row from where it was seen, and no other', () => {
    refused(live, ` AND host <=> 'compute-02';`, ';', leavesRow);
    refused(live, ` AND host <=> 'compute-02';`, ' AND host <=> NULL;', leavesRow);
    refused(live, ` AND deleted = 0 AND host <=>`, ' AND host <=>', leavesRow);
    refused(live, '    AND deleted = 0\n', '    AND deleted = 29\n', /Only a live row moves/);
  });

  it('moves no row without an @confirm line', () => {
    refused(live, '-- @confirm type="0a2d1bf7" typed=""\n', '', /needs an @confirm line/);
    assert.deepEqual(errorsOf(live.replace('typed=""', 'typed="0a2d1bf7"')), []);
  });

  it('marks nothing as deleted of a row that is live, or not there', () => {
    const marks = 'SET deleted = id, deleted_at = IFNULL(deleted_at, UTC_TIMESTAMP())';
    const reason = /Only what hangs on a deleted row/;
    refusedChange(live, `UPDATE nova_cell1.instances ${marks} ${own} AND deleted <> 0;`, reason);
    refused(deleted, '    AND deleted = 1\n', '    AND deleted = 0\n', reason);
    refused(deleted, '    AND deleted = 1\n', '', reason);
    refused(deleted, ' AND deleted <> 0;', ';', leavesRow);
    refusedChange(
      live,
      `UPDATE nova_cell1.instance_extra SET deleted = id, deleted_at = UTC_TIMESTAMP() ${child} AND deleted = 0;`,
      reason,
    );
  });

  it('takes nothing from a live instance but its console tokens', () => {
    const remove = (table: string): string => `DELETE FROM nova_cell1.${table} ${child};`;
    refusedChange(live, remove('instance_extra'), /live, and keeps what it has in instance_extra/);
    refusedChange(live, remove('block_device_mapping'), /live, and keeps/);
    refusedChange(
      live,
      `UPDATE nova_cell1.pci_devices SET status = 'available', instance_uuid = NULL, request_id = NULL ${child};`,
      /live, and keeps/,
    );
    const tokens = `FOR UPDATE;\n-- @expect rows=1\n${remove('console_auth_tokens')}`;
    assert.deepEqual(errorsWith(live, 'FOR UPDATE;', tokens), []);
  });

  it('frees inventory by all columns that say whose it is, and by nothing else', () => {
    const free = `SET status = 'available', instance_uuid = NULL, request_id = NULL`;
    const strange = /No repair changes pci_devices so/;
    refused(deleted, free, `SET status = 'available'`, strange);
    refused(deleted, free, `SET status = 'removed', instance_uuid = NULL`, strange);
    refused(deleted, free, `SET address = NULL, instance_uuid = NULL`, strange);
    refusedChange(deleted, `DELETE FROM nova_cell1.pci_devices ${child};`, strange);
  });

  it('gives up one migration as it was seen', () => {
    const strange = /No repair changes migrations so/;
    refused(live, `SET status = 'error', updated_at`, `SET status = 'done', updated_at`, strange);
    refused(
      live,
      `SET status = 'error', updated_at`,
      `SET status = 'error', deleted = id, updated_at`,
      strange,
    );
    refused(live, 'WHERE id = 12 AND', 'WHERE', strange);
    refused(live, 'WHERE id = 12 AND', 'WHERE id > 12 AND', strange);
    refused(live, ` AND status <=> 'running'`, '', strange);
    refused(live, `id = 12 AND instance_uuid = '${uuid}'`, 'id = 12', /The condition must say/);
  });

  it('forgets one volume of its own instance', () => {
    const strange = /No repair changes block_device_mapping so|Only what hangs on a deleted row/;
    refused(live, ` AND volume_id = '${volumeId}'`, '', strange);
    refused(
      live,
      ` AND volume_id = '${volumeId}' AND deleted = 0`,
      ` AND volume_id = '${volumeId}'`,
      strange,
    );
    refused(live, `instance_uuid = '${uuid}' AND volume_id`, `volume_id`, /The condition must say/);
    refused(
      live,
      `instance_uuid = '${uuid}' AND volume_id`,
      `instance_uuid = '${otherUuid}' AND volume_id`,
      /something else/,
    );
    refused(live, `'${volumeId}'`, `'${volumeId}' OR 1`, /into parentheses/);
  });

  it('names no other instance, and copies and inserts nothing', () => {
    const strange = /No repair changes/;
    refusedChange(deleted, `DELETE FROM nova_cell1.tags WHERE resource_id = '${otherUuid}';`, strange);
    refused(
      deleted,
      `AND deleted <> 0;`,
      `AND deleted <> 0 AND host <> '${otherUuid}';`,
      /UUID of something else/,
    );
    refusedChange(deleted, `DELETE FROM nova_cell1.services ${child};`, strange);
    refusedChange(
      deleted,
      `INSERT INTO nova_cell1.shadow_tags (tag) SELECT tag FROM nova_cell1.tags WHERE resource_id = '${uuid}';`,
      strange,
    );
    refusedChange(deleted, `UPDATE nova_cell1.instance_extra SET flavor = NULL ${child};`, strange);
  });

  it('queues no mapping while the guard of another cell says that its row is live', () => {
    const second = { ...deletedContent, database: cell2, schema: { ...zed, name: 'nova_cell2' } };
    const mapping = textOf(repaired([queueMapping], [apiContent, deletedContent, second]));
    const at = mapping.indexOf('nova_cell2.instances');
    const edited = mapping.slice(0, at) + mapping.slice(at).replace('AND deleted = 1', 'AND deleted = 0');
    assert.deepEqual(errorsOf(mapping), []);
    assert.match(errorsOf(edited)[0]?.message ?? '', /Put back the unit of the cell/);
  });

  it('queues the mapping only behind the guard that the row of the cell is deleted', () => {
    const mapping = textOf(repaired([queueMapping], [apiContent, deletedContent]));
    const cellUnit = mapping.slice(mapping.indexOf('-- @unit cell'), mapping.indexOf('-- @unit database'));
    const reason = /Put back the unit of the cell/;
    assert.deepEqual(errorsOf(mapping), []);
    refused(mapping, cellUnit, '', reason);
    refused(mapping, 'AND deleted = 1', 'AND deleted = 0', reason);
    refused(mapping, '    AND deleted = 1\n', '', reason);
    refused(mapping, 'FOR UPDATE;\nCOMMIT;', ';\nCOMMIT;', reason);
    refused(mapping, `WHERE uuid = '${uuid}'`, `WHERE uuid = '${otherUuid}'`, reason);
    const none = textOf(repaired([removeRows('tags')], [orphans]));
    const apiUnit = mapping.slice(mapping.indexOf('-- @unit database'));
    refused(none, 'COMMIT;', `COMMIT;\n${apiUnit}`, reason);
  });
});

describe('any other depth', () => {
  it('keeps what hangs on a live row, also where a repair may change it', () => {
    const [migration, volume] = [endMigration, forgetVolume].map((repair) =>
      textOf(repaired([repair], [cellContent])),
    );
    for (const depth of ['mark-deleted', 'complete', 'archive']) {
      refused(migration ?? '', 'depth="repair"', `depth="${depth}"`, /row of the instance would stay/);
      refused(volume ?? '', 'depth="repair"', `depth="${depth}"`, /row of the instance would stay/);
    }
  });

  it('keeps the mapping while no live row goes with it', () => {
    const mapping = textOf(repaired([queueMapping], [apiContent, deletedContent]));
    refused(mapping, 'depth="repair"', 'depth="complete"', /would stay in its cell/);
  });
});
