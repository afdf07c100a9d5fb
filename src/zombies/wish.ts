import * as l10n from '@vscode/l10n';
import type { Dossier } from '../model/dossier';
import type { InstanceRow } from '../model/facts';
import type { Scene } from '../model/scene';
import { latest, minutesSince } from './ages';
import { liveRows } from './rows';

/** When a delete was last asked for, as `instance_actions` has it. */
export function deleteAskedAt(dossier: Dossier): string | undefined {
  return latest(dossier.deleteActions.map(({ startTime }) => startTime));
}

/** What shows that someone wanted the machine of this live row gone; undefined when nothing does. */
export function wishForRow(row: InstanceRow, dossier: Dossier, scene: Scene): string | undefined {
  if (row.taskState === 'deleting' || row.taskState === 'soft-deleting') {
    return l10n.t('a delete was asked: task_state is {0}', row.taskState);
  }
  if (row.vmState === 'deleted') return l10n.t('Nova deleted it: vm_state is deleted');
  const asked = deleteAskedAt(dossier);
  return asked !== undefined && stands(asked, row, dossier, scene)
    ? l10n.t('a delete was asked at {0}, and nothing happened to the instance after it', asked)
    : undefined;
}

/**
 * A soft delete is recorded as `delete` too, and a restore clears every other trace of it. So a delete counts as
 * long as nothing happened after it but its own failure, which leaves vm_state error (nova/compute/manager.py,
 * terminate_instance).
 */
function stands(asked: string, row: InstanceRow, dossier: Dossier, scene: Scene): boolean {
  const began = latest([
    row.createdAt,
    row.launchedAt,
    ...dossier.migrations.map(({ createdAt }) => createdAt),
  ]);
  if (began !== undefined && Date.parse(began) > Date.parse(asked)) return false;
  const grace = row.vmState === 'error' ? scene.thresholds.deletingMinutes : 1;
  const untouched = minutesSince(row.updatedAt, scene);
  const since = minutesSince(asked, scene);
  return untouched === undefined || (since !== undefined && untouched >= since - grace);
}

/** The same for an instance without a live row. */
export function wishForGone(dossier: Dossier): string | undefined {
  if (liveRows(dossier).length > 0) return undefined;
  const [row] = dossier.rows;
  if (row !== undefined) return l10n.t('Nova deleted the instance: deleted is {0}', row.deleted);
  if (dossier.shadowCells.length > 0) return l10n.t('Nova deleted the instance, and its row was archived');
  const asked = deleteAskedAt(dossier);
  if (asked !== undefined) return l10n.t('a delete was asked at {0}', asked);
  return dossier.mapping?.queuedForDelete === true ? l10n.t('its mapping is queued for delete') : undefined;
}
