import type { Row } from '../cloud/database/connection';
import type { InstanceRow } from '../model/facts';
import type { Table } from '../model/schema';
import { selectList } from './sql';
import { integerOf, textOf, timeOf, uuidOf } from './values';

const columns = [
  'id',
  'uuid',
  'display_name',
  'project_id',
  'user_id',
  'host',
  'node',
  'compute_id',
  'vm_state',
  'task_state',
  'power_state',
  'deleted',
  'cleaned',
  'hidden',
  'locked',
  'created_at',
  'updated_at',
  'deleted_at',
  'launched_at',
];

/** `SELECT` of the columns of `instances` that the model knows. */
export function selectInstances(instances: Table): string {
  return `SELECT ${selectList(instances, columns)} FROM instances`;
}

export function instanceRow(cell: string, row: Row): InstanceRow {
  const power = row.power_state;
  return {
    cell,
    id: integerOf(row.id),
    uuid: uuidOf(row.uuid),
    displayName: textOf(row.display_name),
    projectId: textOf(row.project_id),
    userId: textOf(row.user_id),
    host: textOf(row.host),
    node: textOf(row.node),
    computeId: row.compute_id === null || row.compute_id === undefined ? null : integerOf(row.compute_id),
    vmState: textOf(row.vm_state),
    taskState: textOf(row.task_state),
    powerState: power === null || power === undefined ? null : Number(power),
    deleted: integerOf(row.deleted),
    cleaned: integerOf(row.cleaned),
    hidden: integerOf(row.hidden) !== 0,
    locked: integerOf(row.locked) !== 0,
    createdAt: timeOf(row.created_at),
    updatedAt: timeOf(row.updated_at),
    deletedAt: timeOf(row.deleted_at),
    launchedAt: timeOf(row.launched_at),
  };
}
