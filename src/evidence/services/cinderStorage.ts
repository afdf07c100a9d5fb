import type { Attachment, Volume } from '../../cloud/openstack/cinderShapes';
import { wholeOf } from '../../cloud/openstack/listing';
import { defined } from '../../cloud/openstack/shape';
import type { CinderAttachment } from '../../model/facts';
import { groupedBy } from '../groupedBy';
import type { SecondLook } from './service';

/** What Cinder is asked about candidates. */
export interface Storage {
  attachmentsOf(server: string): Promise<readonly CinderAttachment[]>;
  volume(id: string): Promise<Volume | undefined>;
  /** Cinder proved that it has no such volume. */
  isMissing(id: string): Promise<boolean>;
  countAttachments(volumeId: string): Promise<number>;
}

/** By requests about each; a volume is asked for once. */
export function singleStorage({ api: { blockStorage }, signal }: SecondLook): Storage {
  const asked = new Map<string, Promise<Volume | undefined>>();
  const volume = (id: string): Promise<Volume | undefined> => {
    const answer = asked.get(id) ?? blockStorage.volume(id, signal);
    asked.set(id, answer);
    return answer;
  };
  return {
    attachmentsOf: async (server) => {
      const facts: CinderAttachment[] = [];
      for (const each of wholeOf(await blockStorage.attachments(server, signal)))
        facts.push(attachmentOf(each, await volume(each.volumeId)));
      return facts;
    },
    volume,
    isMissing: async (id) => (await volume(id)) === undefined,
    countAttachments: async (id) => wholeOf(await blockStorage.attachmentsOfVolume(id, signal)).length,
  };
}

/** By new lists; a volume that they lack is asked for by its id before it counts as missing. */
export async function listedStorage({ api: { blockStorage }, signal }: SecondLook): Promise<Storage> {
  const volumes = new Map(wholeOf(await blockStorage.volumes(signal)).map((volume) => [volume.id, volume]));
  const attachments = wholeOf(await blockStorage.attachments(undefined, signal));
  const byServer = groupedBy(attachments, ({ serverId = '' }) => serverId.toLowerCase());
  const byVolume = groupedBy(attachments, ({ volumeId }) => volumeId);
  return {
    attachmentsOf: (server) =>
      Promise.resolve(
        (byServer.get(server) ?? []).map((each) => attachmentOf(each, volumes.get(each.volumeId))),
      ),
    volume: (id) => Promise.resolve(volumes.get(id)),
    isMissing: async (id) => !volumes.has(id) && (await blockStorage.volume(id, signal)) === undefined,
    countAttachments: (id) => Promise.resolve(byVolume.get(id)?.length ?? 0),
  };
}

function attachmentOf({ id, volumeId, status }: Attachment, volume: Volume | undefined): CinderAttachment {
  const use = volume?.attachments.find(({ attachmentId }) => attachmentId === id);
  return defined({
    id,
    volumeId,
    status,
    volumeStatus: volume?.status,
    multiattach: volume?.multiattach,
    host: use?.hostName,
  });
}
