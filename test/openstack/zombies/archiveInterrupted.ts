import type { Zombie } from './zombie';

export const archiveInterrupted: Zombie = {
  kind: 'mapping-left-behind',
  verdict: 'confirmed',
  how: 'archive and purge took its rows in the cell, and broke off before those in the API database',
  also: ['request-spec-left-behind', 'group-member-left-behind'],
  async prepare(bench) {
    const { server_group: group } = await bench.cloud.session.must<{ server_group: { id: string } }>(
      'compute',
      'POST',
      '/os-server-groups',
      { server_group: { name: 'apart', policy: 'soft-anti-affinity' } },
    );
    return bench.instance('archive-interrupted', 'compute-21', { group: group.id });
  },
  async happen(bench, uuid) {
    const kept = ['instance_mappings', 'request_specs', 'instance_group_member'];
    await bench.cloud.deleteInstance(uuid);
    for (const table of kept) {
      await bench.sql(
        'nova_api',
        `CREATE TABLE kept_${table} AS SELECT * FROM ${table} WHERE instance_uuid = '${uuid}'`,
      );
    }
    await bench.archiveAndPurge();
    for (const table of kept) {
      await bench.sql(
        'nova_api',
        `INSERT INTO ${table} SELECT * FROM kept_${table}; DROP TABLE kept_${table}`,
      );
    }
    return uuid;
  },
};
