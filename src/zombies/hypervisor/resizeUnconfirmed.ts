import * as l10n from '@vscode/l10n';
import type { LiveRow, Migration } from '../../model/facts';
import { isOlder, latest } from '../ages';
import { commonTraps } from '../traps/common';
import { declareKind } from '../declare';
import { type Trap } from '../declaration';
import { hiddenCopy, twoLiveRows, type RowSignal } from '../traps/liveRow';
import { instanceLives, taskRunning } from '../traps/lives';
import { unconfirmedResizes } from '../migrations';
import { proof } from '../proof';
import { hostOf, liveRows, stateOf } from '../rows';

interface ResizeSignal extends RowSignal {
  readonly migration?: Migration;
}

function isResized({ vmState }: LiveRow): boolean {
  return vmState === 'resized';
}

/** The API finds the migration by its status, and asks for vm_state resized: nova/compute/api.py, confirm_resize (Zed). */
const halvesDisagree: Trap<ResizeSignal> = {
  id: 'halves-disagree',
  when: () => ({
    unknown: l10n.t('`vm_state` is resized and no migration is `finished`, or the other way round'),
  }),
  check({ row, migration }) {
    if (isResized(row) && migration !== undefined) return undefined;
    return {
      verdict: 'unknown',
      text:
        migration === undefined
          ? l10n.t('vm_state is resized, but no migration waits for confirm: the API can do neither')
          : l10n.t(
              'migration {0} waits for confirm, but {1}: the API can do neither',
              migration.id,
              stateOf(row),
            ),
    };
  },
  cleared: () => l10n.t('row and migration say the same'),
};

const ownerDecides: Trap<ResizeSignal> = {
  id: 'owner-decides',
  when: () => ({ legitimate: l10n.t('the resize is young: its owner has yet to decide') }),
  check({ since }, _dossier, scene) {
    const minutes = scene.thresholds.resizedMinutes;
    if (isOlder(since, minutes, scene)) return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t(
        'it was resized less than {0} minutes ago: its owner has yet to confirm or revert',
        minutes,
      ),
    };
  },
  cleared: (_signal, _dossier, scene) =>
    l10n.t('its owner had {0} minutes to confirm or revert', scene.thresholds.resizedMinutes),
};

/** Two hosts hold the disks of one instance, and nobody says which are to stay. */
export const resizeUnconfirmed = declareKind<ResizeSignal>({
  id: 'resize-unconfirmed',
  needs: ['api-database', 'cell', 'host'],
  thresholds: ['resizedMinutes'],
  about: () => ({
    signal: l10n.t(
      'A live row in `vm_state` resized, or with a `finished` migration, for a long time: the source keeps the disks as `<uuid>_resize`, and Placement its allocation.',
    ),
    causes: l10n.t(
      'Nobody confirmed or reverted it, and `resize_confirm_window` is 0 by default: Nova itself never confirms.',
    ),
    fixes: l10n.t(
      'Ask its owner: `server resize confirm` removes the old disks, `server resize revert` goes back to them. Both are done by hand, and nothing is removed otherwise.',
    ),
  }),
  traps: [...commonTraps, hiddenCopy, twoLiveRows, taskRunning, ownerDecides, halvesDisagree, instanceLives],
  candidate: ({ liveRows: rows }, scene) =>
    rows.some((row) => isResized(row) && isOlder(row.updatedAt, scene.thresholds.resizedMinutes, scene)),
  signal(dossier, scene) {
    const live = liveRows(dossier);
    const [migration] = unconfirmedResizes(dossier);
    const row = live.find(isResized) ?? live[0];
    if (row === undefined) return l10n.t('there is no live row');
    if (!isResized(row) && migration === undefined) {
      return l10n.t('no resize waits for confirm or revert: {0}', stateOf(row));
    }
    const since = latest([row.launchedAt, migration?.updatedAt ?? row.updatedAt]);
    const host = hostOf(row);
    return {
      row,
      ...(migration === undefined ? {} : { migration }),
      ...(host === undefined ? {} : { host }),
      ...(since === undefined ? {} : { since }),
      why: l10n.t('it was resized, and waits for confirm or revert since {0}', since ?? 'NULL'),
      evidence: proof(dossier, scene),
    };
  },
  ladder: (_signal, { uuid }) => [
    { title: l10n.t('ask its owner which of the two is to stay') },
    {
      title: l10n.t('the new size: the disks on the source are removed'),
      command: `openstack server resize confirm ${uuid}`,
    },
    {
      title: l10n.t('the old size: what was written since the resize is lost'),
      command: `openstack server resize revert ${uuid}`,
    },
  ],
  remedy: (_signal, { uuid }) => ({
    wanted: false,
    depth: 'none',
    depths: ['none'],
    domains: [],
    directories: [],
    manual: [
      {
        command: `openstack server resize confirm ${uuid}`,
        why: l10n.t(
          'when its owner keeps the new size; otherwise `openstack server resize revert` instead of it',
        ),
      },
    ],
  }),
});
