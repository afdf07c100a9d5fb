import * as l10n from '@vscode/l10n';
import type { Volume as ApiVolume } from '../../cloud/openstack/cinderShapes';
import { defined } from '../../cloud/openstack/shape';
import type { Gap } from '../../model/source';
import type { Volume } from '../../model/facts';
import { isUuid } from '../../model/uuid';
import { listedStorage, singleStorage } from './cinderStorage';
import { foreign } from './foreign';
import { isForeign } from './isForeign';
import type { FirstLook, Service } from './service';

/** They ask for an attachment (cinder/volume/api.py, Zed). */
const attachedStatuses: ReadonlySet<string> = new Set(['in-use', 'reserved', 'attaching', 'detaching']);

export const cinder: Service = {
  name: { id: 'cinder', kind: 'cinder', name: 'Cinder' },
  type: 'block-storage',
  regional: true,
  signs: ['volume-gone', 'attachment-of-none', 'volume-without-attachment'],

  async survey(look) {
    const { api, rows, mark, signal } = look;
    const volumes = await api.blockStorage.volumes(signal);
    const gone = volumes.complete ? await markGone(look, volumes.items) : undefined;
    if (gone) return gone;
    // Later than the volumes: what was attached meanwhile is among them.
    const attachments = await api.blockStorage.attachments(undefined, signal);
    for (const { serverId = '' } of attachments.items)
      if (rows.isNone(serverId.toLowerCase())) mark(serverId.toLowerCase(), 'attachment-of-none');
    const attached = new Set(attachments.items.map(({ volumeId }) => volumeId));
    if (attachments.complete)
      for (const { id, status, attachments: uses } of volumes.items)
        if (attachedStatuses.has(status) && uses.length === 0 && !attached.has(id))
          mark(id, 'volume-without-attachment');
    return volumes.gap ?? attachments.gap;
  },

  async inquire(look) {
    const storage = look.many ? await listedStorage(look) : singleStorage(look);
    return async (dossier) => {
      const attachments = await storage.attachmentsOf(dossier.uuid);
      const missingVolumes: string[] = [];
      for (const id of new Set(dossier.volumes.map(({ volumeId }) => volumeId)))
        if (isUuid(id.toLowerCase()) && (await storage.isMissing(id.toLowerCase()))) missingVolumes.push(id);
      const facts = { attachments, missingVolumes };
      if (attachments.length > 0 || !isForeign(dossier)) return facts;
      const volume = await storage.volume(dossier.uuid);
      return volume
        ? { ...facts, volume: volumeOf(volume, await storage.countAttachments(volume.id)) }
        : facts;
    };
  },
};

/** Marks the live instances of volumes that are not listed. None of all that they name: another Cinder's list. */
async function markGone(
  { rows, mark, signal }: FirstLook,
  volumes: readonly ApiVolume[],
): Promise<Gap | undefined> {
  const listed = new Set(volumes.map(({ id }) => id));
  const without = new Set<string>();
  let seen = false;
  await rows.volumes((uuid, volumeId) => {
    if (listed.has(volumeId)) seen = true;
    else without.add(uuid);
  }, signal);
  if (!seen && without.size > 0) {
    return foreign(
      l10n.t(
        'Cinder lists no volume of any live instance: it may be that of another region, or was emptied.',
      ),
    );
  }
  for (const uuid of without) mark(uuid, 'volume-gone');
  return undefined;
}

function volumeOf(volume: ApiVolume, attachments: number): Volume {
  const { name = '', status, size, projectId, updatedAt, createdAt } = volume;
  return defined({
    name,
    status,
    sizeGib: size,
    projectId,
    updatedAt: updatedAt ?? createdAt,
    attachments,
  });
}
