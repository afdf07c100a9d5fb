import * as l10n from '@vscode/l10n';
import type { LiveRow } from '../../model/facts';
import { cell0Uuid } from '../../model/uuid';
import { isOlder } from '../ages';
import { commonTraps } from '../traps/common';
import { buildingNow, machineExists } from '../traps/building';
import { declareKind } from '../declare';
import { liveRowTraps, type RowSignal } from '../traps/liveRow';
import { taskRunning } from '../traps/lives';
import { proof } from '../proof';
import { hostOf, isBeingDeleted, liveRows, stateOf } from '../rows';
import { deletionOf, localDeleteRungs } from './buildRemedy';

/** nova-conductor puts it there when no host was found: nova/conductor/manager.py, _bury_in_cell0 (Zed). */
export function isBuildFailed(row: LiveRow): boolean {
  return (
    row.cell === cell0Uuid && row.vmState === 'error' && hostOf(row) === undefined && !isBeingDeleted(row)
  );
}

/** No host was found for it: an ERROR that only stays in cell0. */
export const buildFailed = declareKind<RowSignal>({
  id: 'build-failed',
  needs: ['api-database', 'cell'],
  thresholds: ['buildingMinutes', 'deletingMinutes'],
  about: () => ({
    signal: l10n.t('A live row in cell0 without a host, in `vm_state` error.'),
    causes: l10n.t(
      'The scheduler found no host (nova/conductor/manager.py, _bury_in_cell0), and nobody deleted the error.',
    ),
    fixes: l10n.t(
      '`server delete` works without any nova-compute, and finds the row in cell0 (nova/compute/api.py, _delete). SQL marks the row as Nova does, for when the API answers with an error.',
    ),
  }),
  traps: [...commonTraps, ...liveRowTraps, taskRunning, buildingNow, machineExists],
  candidate: ({ liveRows: rows }, scene) =>
    rows.some((row) => isBuildFailed(row) && isOlder(row.createdAt, scene.thresholds.buildingMinutes, scene)),
  signal(dossier, scene) {
    const live = liveRows(dossier);
    const [first] = live;
    if (first === undefined) return l10n.t('there is no live row');
    const row = live.find(isBuildFailed);
    if (row === undefined) {
      return first.cell === cell0Uuid
        ? l10n.t('it did not fail for want of a host: {0}', stateOf(first))
        : l10n.t('its row is not in cell0');
    }
    const since = row.updatedAt ?? row.createdAt;
    return {
      row,
      why: l10n.t('no host was found for it when it was built: an ERROR that only stays in cell0'),
      evidence: proof(dossier, scene),
      ...(since === null ? {} : { since }),
    };
  },
  ladder: (_signal, { uuid }) => localDeleteRungs(uuid),
  remedy: (signal, dossier, scene) =>
    deletionOf(signal, dossier, scene, [{ do: 'delete-server', id: dossier.uuid }]),
});
