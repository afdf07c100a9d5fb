import type { Zombie } from './zombie';

export const cacheLost: Zombie = {
  kind: 'torn-instance',
  verdict: 'suspected',
  how: 'somebody deleted its row of instance_info_caches',
  prepare: (bench) => bench.instance('cache-lost', 'compute-21', { port: false }),
  async happen(bench, uuid) {
    await bench.sql('nova_cell2', `DELETE FROM instance_info_caches WHERE instance_uuid = '${uuid}'`);
    return uuid;
  },
  async mend(bench, uuid) {
    await bench.sql(
      'nova_cell2',
      `INSERT INTO instance_info_caches (created_at, instance_uuid, network_info, deleted)
        VALUES (UTC_TIMESTAMP(), '${uuid}', '[]', 0)`,
    );
  },
};
