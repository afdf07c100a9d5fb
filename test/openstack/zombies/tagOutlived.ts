import type { Zombie } from './zombie';

export const tagOutlived: Zombie = {
  kind: 'untied-rows',
  verdict: 'confirmed',
  how: 'somebody marked its row by hand; archive and purge took all of it but its tag, which no foreign key ties to it',
  also: ['orphan-allocation'],
  prepare: (bench) => bench.instance('tag-outlived', 'compute-11', { port: false }),
  async happen(bench, uuid) {
    await bench.cloud.session.must('compute', 'PUT', `/servers/${uuid}/tags/customer`);
    await bench.sql(
      'nova_cell1',
      `UPDATE instances SET deleted = id, deleted_at = UTC_TIMESTAMP() WHERE uuid = '${uuid}'`,
    );
    await bench.archiveAndPurge();
    return uuid;
  },
};
