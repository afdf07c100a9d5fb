import * as l10n from '@vscode/l10n';
import type { LiveRow } from '../../model/facts';
import { declareKind } from '../declare';
import { softDeleted, type RowSignal } from '../traps/liveRow';
import {
  finishingRemedy,
  finishingRungs,
  isUnfinished,
  unfinishedDelete,
  unfinishedDeleteTraps,
} from './unfinishedDelete';

function isDeleting({ taskState, vmState }: LiveRow): boolean {
  return taskState === 'deleting' && vmState !== 'deleted';
}

/** A delete that was begun and never finished. */
export const stuckDeleting = declareKind<RowSignal>({
  id: 'stuck-deleting',
  needs: ['api-database', 'cell', 'host'],
  thresholds: ['deletingMinutes'],
  about: () => ({
    signal: l10n.t(
      'A live row with a host and `task_state` deleting, not updated for a while. A row without a host is `instance-without-host`.',
    ),
    causes: l10n.t(
      'nova-compute was down or restarted during the delete, or the delete failed in the driver, Neutron or Cinder.',
    ),
    fixes: l10n.t(
      'Restart nova-compute, which finishes deletes when it starts (nova/compute/manager.py, _init_instance). Or set the state to error, because the API ignores a second delete while deleting (nova/compute/api.py, _delete), and delete again. SQL marks the row as Nova does, and the plan takes its domain and its directories along: for when the API or nova-compute cannot.',
    ),
  }),
  traps: [...unfinishedDeleteTraps, softDeleted],
  candidate: (glimpse, scene) => glimpse.liveRows.some((row) => isDeleting(row) && isUnfinished(row, scene)),
  signal: (dossier, scene) => unfinishedDelete(isDeleting, dossier, scene),
  ladder: finishingRungs,
  remedy: finishingRemedy,
});
