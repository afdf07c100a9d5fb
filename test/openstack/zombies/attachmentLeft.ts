import type { Zombie } from './zombie';

export const attachmentLeft: Zombie = {
  kind: 'orphan-attachment',
  verdict: 'confirmed',
  how: 'Cinder was down while it was deleted, and kept the attachment of its volume',
  prepare: (bench) => bench.instance('attachment-left', 'compute-21', { port: false }),
  async happen(bench, uuid) {
    const volume = await bench.volume('attachment-left');
    await bench.cloud.deleteInstance(uuid);
    await bench.cloud.session.must('volumev3', 'POST', '/attachments', {
      attachment: { instance_uuid: uuid, volume_uuid: volume },
    });
    return uuid;
  },
};
