import type { Zombie } from './zombie';

export const portRemoved: Zombie = {
  kind: 'stale-network-info',
  verdict: 'suspected',
  how: 'somebody deleted its port in Neutron, and Nova was not told',
  prepare: (bench) => bench.instance('port-removed', 'compute-11'),
  async happen({ cloud }, uuid) {
    const { ports } = await cloud.session.must<{ ports: { id: string }[] }>(
      'network',
      'GET',
      `/v2.0/ports?device_id=${uuid}`,
    );
    for (const { id } of ports) await cloud.session.must('network', 'DELETE', `/v2.0/ports/${id}`);
    return uuid;
  },
};
