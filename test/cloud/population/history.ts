import { plantInstance } from './instance';
import type { Plot, Row } from './plot';
import { days, uuidOf, type DatabaseName } from './world';

/** Soft-deleted history as Nova leaves it: not a suspect of anything, a backlog for archive_deleted_rows. */
export function plantHistory(plot: Plot): void {
  for (let index = 0; index < 300; index += 1) plantDeleted(plot, 'cell1', index);
  for (let index = 0; index < 50; index += 1) plantDeleted(plot, 'cell2', index);
  for (let index = 0; index < 4; index += 1) plantArchived(plot, index);
}

function plantDeleted(plot: Plot, cell: 'cell1' | 'cell2', index: number): void {
  const host = cell === 'cell2' ? 'compute-03' : index % 2 === 0 ? 'compute-01' : 'compute-02';
  const before = plot.planted.length;
  plantInstance(plot, {
    name: `old-${cell}-${index}`,
    how: 'Was deleted properly and waits to be archived.',
    expect: 'none',
    cell,
    host,
    vmState: 'deleted',
    created: days(400 + index),
    deleted: days(2 + index),
  });
  // History is a crowd without a story each; its rows stand for themselves.
  plot.planted.length = before;
}

/** archive_deleted_rows moves an instance and its dependents to the shadow tables and drops its rows in nova_api. */
function plantArchived(plot: Plot, index: number): void {
  const database: DatabaseName = 'nova_cell1';
  const uuid = uuidOf(`archived ${index}`);
  const created = plot.at(days(900 + index));
  const gone = { deleted_at: plot.at(days(600 + index)) };
  const id = plot.nextInstanceId(database);
  plot.add(database, 'shadow_instances', {
    created_at: created,
    ...gone,
    id,
    uuid,
    deleted: id,
    vm_state: 'deleted',
    display_name: `archived-${index}`,
    host: 'compute-01',
    node: 'compute-01',
    cleaned: 1,
    hidden: 0,
  });
  const archive = (table: string, row: Row): void => {
    // Ids of archived rows are never used again: they come from the live table's counter.
    const rowId = plot.takeId(database, table);
    plot.add(database, `shadow_${table}`, {
      created_at: created,
      ...gone,
      id: rowId,
      deleted: rowId,
      instance_uuid: uuid,
      ...row,
    });
  };
  archive('instance_info_caches', { network_info: '[]' });
  archive('instance_extra', { flavor: '{}' });
  archive('instance_system_metadata', { key: 'image_base_image_ref', value: '' });
}
