import * as l10n from '@vscode/l10n';
import type { InstanceRow, LiveRow } from '../../model/facts';
import type { Scene } from '../../model/scene';
import { isOlder } from '../ages';
import { buildingNow, machineExists } from '../traps/building';
import { commonTraps } from '../traps/common';
import { declareKind } from '../declare';
import { type Trap } from '../declaration';
import { liveRowTraps, softDeleted, type RowSignal } from '../traps/liveRow';
import { proof } from '../proof';
import { hostOf, isBeingDeleted, liveRows, stateOf } from '../rows';
import { isBuildFailed } from './buildFailed';
import { deletionOf, localDeleteRungs } from './buildRemedy';

const shelvedOffloaded: Trap<RowSignal> = {
  id: 'shelved-offloaded',
  when: () => ({ legitimate: l10n.t('it is shelved and offloaded, and not being deleted') }),
  check({ row }) {
    if (row.vmState !== 'shelved_offloaded' || isBeingDeleted(row)) return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t('it is shelved: Nova took it off its host, and keeps it as an image'),
    };
  },
  cleared: () => l10n.t('it is not shelved'),
};

const deleteUnderWay: Trap<RowSignal> = {
  id: 'delete-under-way',
  when: () => ({ legitimate: l10n.t('its delete is young') }),
  check({ row }, _dossier, scene) {
    const minutes = scene.thresholds.deletingMinutes;
    if (!isBeingDeleted(row) || isOlder(row.updatedAt ?? row.createdAt, minutes, scene)) return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t('it is being deleted since less than {0} minutes', minutes),
    };
  },
  cleared: () => l10n.t('no delete is under way'),
};

/** Nova leaves a live row without a host in these states only; another one may have lost its host by hand. */
const stateUnexplained: Trap<RowSignal> = {
  id: 'state-unexplained',
  when: () => ({
    unknown: l10n.t('a state in which Nova leaves no row without a host: it may have been lost by hand'),
  }),
  check({ row }) {
    if (isBeingDeleted(row) || ['error', 'shelved_offloaded', 'soft-delete'].includes(row.vmState ?? '')) {
      return undefined;
    }
    return {
      verdict: 'unknown',
      text: l10n.t(
        'Nova leaves no instance in this state without a host ({0}): find out what it was',
        stateOf(row),
      ),
    };
  },
  cleared: ({ row }) => l10n.t('{0} is a state in which Nova leaves rows without a host', stateOf(row)),
};

/** The row, unless another kind decides on it. */
function without<R extends LiveRow>(live: readonly R[]): R | undefined {
  return live.find((row) => hostOf(row) === undefined && !isBuild(row));
}

function isBuild(row: LiveRow): boolean {
  return isBuildFailed(row) || (row.vmState === 'building' && !isBeingDeleted(row));
}

function whyOf(row: InstanceRow): string {
  if (isBeingDeleted(row))
    return l10n.t('it is deleted, or was to be, names no host, and its row is still live');
  return row.vmState === 'error'
    ? l10n.t('its build failed: an ERROR without a host, which may hold ports and volumes')
    : l10n.t('it is live ({0}) and names no host', stateOf(row));
}

function isYoung(row: LiveRow, scene: Scene): boolean {
  return !isOlder(row.createdAt, scene.thresholds.buildingMinutes, scene) && !isBeingDeleted(row);
}

/** `host IS NULL` means six things, most of them healthy. */
export const instanceWithoutHost = declareKind<RowSignal>({
  id: 'instance-without-host',
  needs: ['api-database', 'cell'],
  thresholds: ['buildingMinutes', 'deletingMinutes'],
  about: () => ({
    signal: l10n.t(
      'A live row whose `host` is NULL or empty. It means six things: being scheduled or built (`stuck-building`); an ERROR in cell0 (`build-failed`); a build that failed in a cell, where ports and volumes may exist; shelved and offloaded; a delete that broke off; the hidden copy of a resize across cells.',
    ),
    causes: l10n.t(
      'A build failed on its way (nova/compute/manager.py sets host and node to NULL then), or a delete of an instance without a host broke off.',
    ),
    fixes: l10n.t(
      '`server delete` works without any nova-compute and cleans ports and volumes (nova/compute/api.py, _local_delete). SQL marks the row as Nova does, for when the API answers with an error.',
    ),
  }),
  traps: [
    ...commonTraps,
    ...liveRowTraps,
    softDeleted,
    buildingNow,
    shelvedOffloaded,
    deleteUnderWay,
    stateUnexplained,
    machineExists,
  ],
  candidate(glimpse, scene) {
    const row = without(glimpse.liveRows);
    return row !== undefined && !row.hidden && row.vmState !== 'shelved_offloaded' && !isYoung(row, scene);
  },
  signal(dossier, scene) {
    const row = without(liveRows(dossier));
    if (row === undefined) {
      const [live] = liveRows(dossier);
      if (live === undefined) return l10n.t('there is no live row');
      return hostOf(live) === undefined
        ? l10n.t('it is a build: {0}', stateOf(live))
        : l10n.t('the row names its host');
    }
    const since = row.updatedAt ?? row.createdAt;
    return { row, why: whyOf(row), evidence: proof(dossier, scene), ...(since === null ? {} : { since }) };
  },
  ladder: (_signal, { uuid }) => localDeleteRungs(uuid),
  remedy: (signal, dossier, scene) =>
    deletionOf(signal, dossier, scene, [{ do: 'delete-server', id: dossier.uuid }]),
});
