import * as l10n from '@vscode/l10n';
import type { CinderAttachment } from '../../model/facts';
import { sightingKey } from '../../model/scene';
import { isUuid } from '../../model/uuid';
import { isOlder } from '../ages';
import { declareKind } from '../declare';
import { type Trap, type Signal } from '../declaration';
import { whyNotGone } from '../gone';
import { proof, seen } from '../proof';
import { stepsOnly } from '../stepsOnly';
import { commonTraps } from '../traps/common';
import { goneTraps } from '../traps/gone';
import { novaHasIt, novaSilent } from '../traps/novaHasIt';
import { wishForGone } from '../wish';

interface AttachmentSignal extends Signal {
  readonly attachments: readonly CinderAttachment[];
}

function deleteCommand(id: string): string {
  return `openstack --os-volume-api-version 3.27 volume attachment delete ${id}`;
}

const multiattach: Trap<AttachmentSignal> = {
  id: 'multiattach',
  when: () => ({ suspected: l10n.t('the volume is multiattach: others may use it, on the same host even') }),
  check({ attachments }) {
    if (!attachments.some((attachment) => attachment.multiattach)) return undefined;
    return {
      verdict: 'suspected',
      text: l10n.t('the volume can be attached to several: another instance may use it on the same host'),
    };
  },
  cleared: () => l10n.t('no volume of it can be attached to several'),
};

/**
 * nova-api reserves a volume before it writes the build request (nova/compute/api.py, _provision_instances, Zed), and
 * an attachment tells no age: how long it was seen counts. What has a deleted row, or had one, is not being built.
 */
const reservedJustNow: Trap<AttachmentSignal> = {
  id: 'reserved-just-now',
  when: () => ({
    suspected: l10n.t(
      'no cell has, or had, a row of it, and it has not been seen for long: it may be being built',
    ),
  }),
  check(_signal, { uuid, rows, shadowCells }, scene) {
    if (rows.length > 0 || shadowCells.length > 0) return undefined;
    const first = scene.sightings.get(sightingKey(uuid, 'orphan-attachment'))?.first;
    const minutes = scene.thresholds.strayMinutes;
    if (isOlder(first, minutes, scene)) return undefined;
    return {
      verdict: 'suspected',
      text: l10n.t('it has been seen for less than {0} minutes: its instance may be on its way', minutes),
    };
  },
  cleared: () => l10n.t('it was not reserved just now for what is being built'),
};

/** Cinder keeps a volume for an instance that Nova does not have. */
export const orphanAttachment = declareKind<AttachmentSignal>({
  id: 'orphan-attachment',
  needs: ['api-database', 'cell', 'host', 'cinder', 'nova'],
  signs: ['attachment-of-none'],
  thresholds: ['strayMinutes', 'buildingMinutes'],
  about: () => ({
    signal: l10n.t(
      'An attachment of Cinder whose server is an instance without a live row and without a domain. A shelved or soft-deleted instance has a live row, and keeps its volumes.',
    ),
    causes: l10n.t(
      'Cinder failed or was down while the instance was deleted, or the delete came while it was built (bug 2088066).',
    ),
    fixes: l10n.t(
      '`volume attachment delete`: Cinder asks Nova itself, and allows it when Nova answers 404; otherwise it answers 409 (cinder/volume/api.py, attachment_deletion_allowed). It may leave devices on the host. No SQL is needed.',
    ),
  }),
  traps: [...commonTraps, ...goneTraps, novaHasIt, novaSilent, multiattach, reservedJustNow],
  signal(dossier, scene) {
    const { attachments } = dossier;
    if (attachments.length === 0) return l10n.t('no attachment of Cinder names it');
    const reason = whyNotGone(dossier);
    if (reason !== undefined) return reason;
    return {
      attachments,
      why: l10n.t('Cinder keeps {0} volumes for it, and no cell has a live row of it', attachments.length),
      evidence: [
        ...attachments.map(({ id, volumeId, status }) =>
          seen('cinder', l10n.t('attachment {0} of volume {1} is {2}', id, volumeId, status), scene),
        ),
        ...proof(dossier, scene),
      ],
    };
  },
  ladder: ({ attachments }) => [
    { title: l10n.t('look for leftover devices of the volume on the hosts where it was') },
    ...attachments
      .filter(({ id }) => isUuid(id))
      .map(({ id }) => ({
        title: l10n.t('delete the attachment: Cinder asks Nova, and refuses where Nova has it'),
        command: deleteCommand(id),
      })),
  ],
  remedy: ({ attachments }, dossier, scene) => ({
    ...stepsOnly(),
    wanted: wishForGone(dossier) !== undefined,
    manual: attachments
      .filter(({ id }) => isUuid(id))
      .map(({ id, volumeId }) => ({
        command: deleteCommand(id),
        why: l10n.t('volume {0} is kept for an instance that is gone', volumeId),
        ...(scene.apis === true ? { api: { do: 'delete-attachment', id } } : {}),
      })),
  }),
});
