import type { Dossier } from '../model/dossier';
import type { InstanceRow, LiveRow } from '../model/facts';

/** Rows that Nova has not soft-deleted, in whichever cell. */
export function liveRows(dossier: Dossier): readonly InstanceRow[] {
  return dossier.rows.filter((row) => row.deleted === 0);
}

/** The host that the row names; an empty string counts as none. */
export function hostOf(row: LiveRow): string | undefined {
  return row.host === null || row.host === '' ? undefined : row.host;
}

/**
 * A delete of the live row was begun: `deleting` is set by the API (nova/compute/api.py, _delete), `deleted` by
 * nova-compute just before it marks the row (nova/compute/manager.py, _delete_instance).
 */
export function isBeingDeleted(row: LiveRow): boolean {
  return row.taskState === 'deleting' || row.vmState === 'deleted';
}

/** Restorable until Nova reclaims it: nova/compute/vm_states.py, SOFT_DELETED. */
export function isSoftDeleted(row: LiveRow): boolean {
  return row.vmState === 'soft-delete';
}

/** Nova writes deleted = id and deleted_at in one go: oslo_db/sqlalchemy/models.py, SoftDeleteMixin. */
export function isDeletedByHand({ id, deleted, deletedAt }: InstanceRow): boolean {
  return deleted !== 0 && (deleted !== id || deletedAt === null);
}

/** The state of a row in the words of the database, NULL included. */
export function stateOf(row: LiveRow): string {
  return `vm_state ${row.vmState ?? 'NULL'}, task_state ${row.taskState ?? 'NULL'}`;
}
