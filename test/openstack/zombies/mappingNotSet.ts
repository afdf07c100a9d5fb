import type { Zombie } from './zombie';

export const mappingNotSet: Zombie = {
  kind: 'mapping-without-cell',
  verdict: 'suspected',
  how: 'nova-conductor died between its row and the cell in its mapping',
  prepare: (bench) => bench.instance('mapping-not-set', 'compute-21'),
  async happen(bench, uuid) {
    await bench.sql(
      'nova_api',
      `UPDATE instance_mappings SET cell_id = NULL WHERE instance_uuid = '${uuid}'`,
    );
    return uuid;
  },
  async mend(bench, uuid) {
    await bench.sql(
      'nova_api',
      `UPDATE instance_mappings SET cell_id = (SELECT id FROM cell_mappings WHERE name = 'cell2')
        WHERE instance_uuid = '${uuid}'`,
    );
  },
};
