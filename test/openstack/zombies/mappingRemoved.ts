import type { Zombie } from './zombie';

export const mappingRemoved: Zombie = {
  kind: 'instance-without-mapping',
  verdict: 'suspected',
  how: 'somebody deleted its mapping',
  prepare: (bench) => bench.instance('mapping-removed', 'compute-12'),
  async happen(bench, uuid) {
    await bench.sql('nova_api', `DELETE FROM instance_mappings WHERE instance_uuid = '${uuid}'`);
    return uuid;
  },
};
