import * as l10n from '@vscode/l10n';
import type { InstanceRow } from '../../model/facts';
import type { Scene } from '../../model/scene';
import { cell0Uuid } from '../../model/uuid';
import { isOlder } from '../ages';
import { commonTraps } from '../traps/common';
import { declareKind, type Trap } from '../declare';
import { liveRowTraps, softDeleted, type RowSignal } from '../traps/liveRow';
import { proof } from '../proof';
import { distinct, liveRowSteps, liveRowWays } from '../remedies';
import { hostOf, isBeingDeleted, liveRows, stateOf } from '../rows';
import { wishForRow } from '../wish';
import { listed } from '../words';

const buildingNow: Trap<RowSignal> = {
  id: 'building-now',
  when: () => ({ legitimate: l10n.t('the build request, or else the row, is young') }),
  check({ row }, dossier, scene) {
    const minutes = scene.thresholds.buildingMinutes;
    if (isBeingDeleted(row)) return undefined;
    if (isOlder(dossier.buildRequestedAt ?? row.createdAt, minutes, scene)) return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t('it was asked for less than {0} minutes ago, and may still be built', minutes),
    };
  },
  cleared: (_signal, _dossier, scene) =>
    l10n.t('it is not being built: that takes less than {0} minutes', scene.thresholds.buildingMinutes),
};

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
    if (
      isBeingDeleted(row) ||
      ['error', 'building', 'shelved_offloaded', 'soft-delete'].includes(row.vmState ?? '')
    ) {
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

const machineExists: Trap<RowSignal> = {
  id: 'machine-exists',
  when: () => ({
    unknown: l10n.t('a domain or a directory of it is on a host'),
    suspected: l10n.t('the same, and it is being deleted'),
  }),
  check({ row }, dossier) {
    const places = [...new Set([...dossier.domains, ...dossier.directories].map(({ host }) => host))];
    if (places.length === 0) return undefined;
    return {
      verdict: isBeingDeleted(row) ? 'suspected' : 'unknown',
      text: l10n.t('the row names no host, but there is a domain or a directory on {0}', listed(places)),
    };
  },
  cleared: () => l10n.t('there is no domain and no directory of it on any host that was read'),
};

function without(rows: readonly InstanceRow[]): InstanceRow | undefined {
  return rows.find((row) => row.deleted === 0 && hostOf(row) === undefined);
}

function whyOf(row: InstanceRow): string {
  if (isBeingDeleted(row))
    return l10n.t('it is deleted, or was to be, names no host, and its row is still live');
  if (row.vmState === 'building') {
    return l10n.t('it is being built since {0} and has no host', row.createdAt ?? 'NULL');
  }
  if (row.vmState !== 'error') return l10n.t('it is live ({0}) and names no host', stateOf(row));
  return row.cell === cell0Uuid
    ? l10n.t('no host was found for it when it was built: an ERROR that only stays in cell0')
    : l10n.t('its build failed: an ERROR without a host, which may hold ports and volumes');
}

function isYoung(row: InstanceRow, scene: Scene): boolean {
  return !isOlder(row.createdAt, scene.thresholds.buildingMinutes, scene) && !isBeingDeleted(row);
}

/** `host IS NULL` means six things, most of them healthy. */
export const instanceWithoutHost = declareKind<RowSignal>({
  id: 'instance-without-host',
  needs: ['api-database', 'cell'],
  thresholds: ['buildingMinutes', 'deletingMinutes'],
  about: () => ({
    signal: l10n.t(
      'A live row whose `host` is NULL or empty. It means six things: being scheduled or built; an ERROR in cell0 (no valid host); a build that failed in a cell, where ports and volumes may exist; shelved and offloaded; a delete that broke off; the hidden copy of a resize across cells.',
    ),
    causes: l10n.t(
      'The scheduler found no host, a build failed on its way, or a delete of such an instance broke off.',
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
    const row = without(dossier.rows);
    if (row === undefined) {
      return liveRows(dossier).length === 0
        ? l10n.t('there is no live row')
        : l10n.t('the row names its host');
    }
    const since = row.updatedAt ?? row.createdAt;
    return { row, why: whyOf(row), evidence: proof(dossier, scene), ...(since === null ? {} : { since }) };
  },
  ladder: (_signal, { uuid }) => [
    {
      title: l10n.t('the API deletes it without any nova-compute, with its ports and volumes'),
      command: `openstack server delete ${uuid}`,
    },
    { title: l10n.t('SQL, when the API answers with an error: mark the row as Nova does') },
  ],
  remedy: ({ row }, dossier, scene) => ({
    wanted: wishForRow(row, dossier, scene) !== undefined,
    ...liveRowWays(scene),
    domains: dossier.domains,
    directories: distinct(dossier.directories, scene),
    manual: liveRowSteps(dossier, scene, [{ do: 'delete-server', id: dossier.uuid }]),
  }),
});
