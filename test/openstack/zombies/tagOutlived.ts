import type { Zombie } from './zombie';

export const tagOutlived: Zombie = {
  kind: 'untied-rows',
  verdict: 'confirmed',
  how: 'it had a tag, which neither the delete nor archive and purge took along',
  prepare: (bench) => bench.instance('tag-outlived', 'compute-11', { port: false }),
  async happen(bench, uuid) {
    await bench.cloud.session.must('compute', 'PUT', `/servers/${uuid}/tags/customer`);
    await bench.cloud.deleteInstance(uuid);
    await bench.archiveAndPurge();
    return uuid;
  },
};
