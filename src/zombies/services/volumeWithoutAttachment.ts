import * as l10n from '@vscode/l10n';
import type { Volume } from '../../model/facts';
import { declareKind } from '../declare';
import { type Trap, type Signal } from '../declaration';
import { seen } from '../proof';
import { stepsOnly } from '../stepsOnly';
import { recordTraps } from '../traps/common';
import { tooYoung } from '../traps/young';
import { listed } from '../words';

interface VolumeSignal extends Signal {
  readonly volume: Volume;
}

/** Statuses that an attachment explains: cinder/objects/fields.py, VolumeStatus (Zed). */
const attachedStatuses: ReadonlySet<string> = new Set(['in-use', 'reserved', 'attaching', 'detaching']);

const novaUsesIt: Trap<VolumeSignal> = {
  id: 'nova-uses-it',
  when: () => ({
    unknown: l10n.t('a live block device of Nova names the volume: an instance may be writing to it'),
  }),
  check(_signal, { volumeUsers }) {
    if (volumeUsers.length === 0) return undefined;
    const instances = listed(volumeUsers.map(({ instance }) => instance));
    return {
      verdict: 'unknown',
      text: l10n.t('Nova has it as a block device of {0}, which may be writing to it', instances),
    };
  },
  cleared: () => l10n.t('no live block device of Nova names it, in any cell'),
};

/** A second attach of a volume that is still connected destroys what is on it. */
const connectionUnseen: Trap<VolumeSignal> = {
  id: 'connection-unseen',
  when: () => ({ suspected: l10n.t('always: whether a host still has it connected is not read') }),
  check: () => ({
    verdict: 'suspected',
    text: l10n.t('whether a host still has the volume connected cannot be seen: look on the hosts first'),
  }),
  cleared: () => '',
};

/** Cinder says that a volume is attached, or about to be, and has no attachment for it. */
export const volumeWithoutAttachment = declareKind<VolumeSignal>({
  id: 'volume-without-attachment',
  subject: 'volume',
  needs: ['api-database', 'cell', 'cinder'],
  signs: ['volume-without-attachment'],
  thresholds: ['strayMinutes'],
  about: () => ({
    signal: l10n.t(
      'A volume that is in-use, reserved, attaching or detaching, and Cinder has no attachment of it.',
    ),
    causes: l10n.t(
      'An attach or a detach broke off, or the attachment was deleted by SQL (bugs 1404867, 1806064, 2088066).',
    ),
    fixes: l10n.t(
      '`volume set --state`, only after it is proven on the hosts that none has the volume connected: a second attach of a connected volume destroys what is on it.',
    ),
  }),
  traps: [
    ...recordTraps,
    tooYoung<VolumeSignal>({ times: ({ volume }) => [volume.updatedAt], ageless: 'suspected' }),
    novaUsesIt,
    connectionUnseen,
  ],
  signal({ volume }, scene) {
    if (volume === undefined) return l10n.t('it is no volume');
    const { status, attachments, updatedAt } = volume;
    if (!attachedStatuses.has(status)) return l10n.t('its status asks for no attachment: {0}', status);
    if (attachments > 0) return l10n.t('Cinder has its attachments: {0}', attachments);
    const why = l10n.t('the volume is {0}, and Cinder has no attachment of it', status);
    return {
      volume,
      why,
      evidence: [seen('cinder', why, scene)],
      ...(updatedAt === undefined ? {} : { since: updatedAt }),
    };
  },
  ladder: (_signal, { uuid }) => [
    {
      title: l10n.t(
        'prove that no host has it connected: no domain uses it (virsh domblklist), no session or path is left (iscsiadm, multipath, rbd status)',
      ),
    },
    { title: l10n.t('then set its state'), command: `openstack volume set --state available ${uuid}` },
  ],
  remedy: (_signal, { uuid }) => ({
    ...stepsOnly(),
    manual: [
      {
        command: `openstack volume set --state available ${uuid}`,
        why: l10n.t('only when no host has it connected: a second attach destroys what is on it'),
      },
    ],
  }),
});
