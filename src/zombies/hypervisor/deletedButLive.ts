import * as l10n from '@vscode/l10n';
import type { LiveRow } from '../../model/facts';
import { declareKind } from '../declare';
import type { RowSignal } from '../traps/liveRow';
import {
  finishingRemedy,
  finishingRungs,
  isUnfinished,
  unfinishedDelete,
  unfinishedDeleteTraps,
} from './unfinishedDelete';

function isDeleted({ vmState }: LiveRow): boolean {
  return vmState === 'deleted';
}

/** nova-compute writes vm_state deleted just before it soft-deletes the row: manager.py, _delete_instance (Zed). */
export const deletedButLive = declareKind<RowSignal>({
  id: 'deleted-but-live',
  needs: ['api-database', 'cell', 'host'],
  thresholds: ['deletingMinutes'],
  about: () => ({
    signal: l10n.t(
      'A live row (`deleted` is 0) with a host and `vm_state` deleted, not updated for a while. A row without a host is `instance-without-host`.',
    ),
    causes: l10n.t(
      'Placement was away at the end of the delete, or nova-compute went away between its two last writes (nova/compute/manager.py, _delete_instance).',
    ),
    fixes: l10n.t(
      'Restart nova-compute, which soft-deletes such rows when it starts and lets go of the allocations (nova/compute/manager.py, _complete_partial_deletion); a domain that is still there is not looked at. Or set the state to error and delete again. SQL marks the row as Nova does, and the plan takes what is left of its domain and its directories along.',
    ),
  }),
  traps: unfinishedDeleteTraps,
  candidate: (glimpse, scene) => glimpse.liveRows.some((row) => isDeleted(row) && isUnfinished(row, scene)),
  signal: (dossier, scene) => unfinishedDelete(isDeleted, dossier, scene),
  ladder: finishingRungs,
  remedy: finishingRemedy,
});
