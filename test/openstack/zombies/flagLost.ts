import type { Zombie } from './zombie';

export const flagLost: Zombie = {
  kind: 'mapping-not-queued',
  verdict: 'confirmed',
  how: 'nova-api lost its database between the delete and the flag of the mapping',
  prepare: (bench) => bench.instance('flag-lost', 'compute-12'),
  async happen(bench, uuid) {
    await bench.cloud.deleteInstance(uuid);
    await bench.sql(
      'nova_api',
      `UPDATE instance_mappings SET queued_for_delete = 0 WHERE instance_uuid = '${uuid}'`,
    );
    return uuid;
  },
};
