import type { Zombie } from './zombie';

export const cacheEmptied: Zombie = {
  kind: 'stale-network-info',
  verdict: 'suspected',
  how: 'Neutron answered without its ports while Nova refreshed the cache, which is empty since then',
  prepare: (bench) => bench.instance('cache-emptied', 'compute-11'),
  async happen(bench, uuid) {
    await bench.sql(
      'nova_cell1',
      `UPDATE instance_info_caches SET network_info = '[]' WHERE instance_uuid = '${uuid}'`,
    );
    return uuid;
  },
  // another port writes the cache anew
  async mend({ cloud }, uuid) {
    await cloud.session.must('compute', 'POST', `/servers/${uuid}/os-interface`, {
      interfaceAttachment: { net_id: cloud.resources.network },
    });
  },
};
