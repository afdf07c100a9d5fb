import type { Zombie } from './zombie';

export const portLeft: Zombie = {
  kind: 'orphan-port',
  verdict: 'confirmed',
  how: 'it was deleted by force, and a port of it stayed in Neutron',
  prepare: (bench) => bench.instance('port-left', 'compute-12'),
  async happen({ cloud }, uuid) {
    await cloud.deleteInstance(uuid);
    await cloud.session.must('network', 'POST', '/v2.0/ports', {
      port: { network_id: cloud.resources.network, device_id: uuid, device_owner: 'compute:nova' },
    });
    return uuid;
  },
};
