import * as l10n from '@vscode/l10n';
import type { VolumeAttachment } from '../../model/facts';
import { declareKind } from '../declare';
import { proof, seen } from '../proof';
import { repairOf } from '../repairs';
import { hostOf, isBeingDeleted, liveRows } from '../rows';
import { commonTraps } from '../traps/common';
import { mendTraps } from '../traps/lives';
import type { RowSignal } from '../traps/liveRow';
import { listed } from '../words';

interface VolumeSignal extends RowSignal {
  readonly gone: readonly VolumeAttachment[];
}

/** A block device of a live instance whose volume Cinder does not have. */
export const volumeGone = declareKind<VolumeSignal>({
  id: 'volume-gone',
  needs: ['api-database', 'cell', 'cinder'],
  signs: ['volume-gone'],
  thresholds: [],
  about: () => ({
    signal: l10n.t(
      'A live row of `block_device_mapping` of a live instance names a volume, and Cinder, asked for it by id, has none. Local and blank block devices name no volume and never count.',
    ),
    causes: l10n.t('The volume was deleted in Cinder by force or by SQL while it was attached.'),
    fixes: l10n.t(
      'Since 2023.2 a reboot removes such block devices (nova/compute/manager.py, _delete_dangling_bdms). Before it, SQL marks the row of the volume as deleted. The machine may still hold the connection until it is rebooted.',
    ),
  }),
  traps: [...commonTraps, ...mendTraps],
  signal(dossier, scene) {
    const [row] = liveRows(dossier);
    if (row === undefined) return l10n.t('there is no live row');
    if (isBeingDeleted(row)) return l10n.t('it is being deleted');
    const gone = dossier.volumes.filter(({ volumeId }) => dossier.missingVolumes.includes(volumeId));
    if (gone.length === 0) return l10n.t('Cinder does not miss a volume of it');
    const host = hostOf(row);
    const ids = listed(gone.map(({ volumeId }) => volumeId));
    return {
      row,
      gone,
      why: l10n.t('{0} volumes that are attached to it do not exist in Cinder', gone.length),
      evidence: [seen('cinder', l10n.t('no such volume: {0}', ids), scene), ...proof(dossier, scene)],
      ...(host === undefined ? {} : { host }),
    };
  },
  ladder: (_signal, { uuid }) => [
    {
      title: l10n.t('2023.2 and later: a reboot removes the block devices whose volume is gone'),
      command: `openstack server reboot --hard ${uuid}`,
    },
    { title: l10n.t('SQL, before 2023.2: mark the block device as deleted, then reboot the instance') },
  ],
  remedy: ({ gone }) =>
    repairOf(
      gone.map(({ cell, volumeId }) => ({ do: 'forget-volume', cell, volumeId })),
      false,
    ),
});
