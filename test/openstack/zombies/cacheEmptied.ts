import { computeOf } from '../openstack';
import type { Zombie } from './zombie';

export const cacheEmptied: Zombie = {
  kind: 'stale-network-info',
  verdict: 'suspected',
  how: 'Neutron answered without its ports while Nova refreshed the cache, which is empty since then',
  prepare: (bench) => bench.instance('cache-emptied', 'kvm-11'),
  async happen(bench, uuid) {
    await bench.sql(
      'nova_cell1',
      `UPDATE instance_info_caches SET network_info = '[]' WHERE instance_uuid = '${uuid}'`,
    );
    return uuid;
  },
  async mend(bench, uuid) {
    const server = computeOf('kvm-11');
    const setting = '[DEFAULT]\\nheal_instance_info_cache_interval = 2';
    await bench.on('kvm-11', `printf '\\n${setting}\\n' >> /etc/nova/nova.conf`);
    await bench.cloud.stopServer(server);
    await bench.cloud.start(server);
    await bench.untilCached(uuid);
  },
};
