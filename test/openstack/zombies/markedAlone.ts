import type { Zombie } from './zombie';

export const markedAlone: Zombie = {
  kind: 'live-rows-of-deleted-instance',
  verdict: 'confirmed',
  how: 'somebody marked its row of instances as Nova does, and nothing that hangs on it',
  also: ['mapping-not-queued', 'orphan-port'],
  prepare: (bench) => bench.instance('marked-alone', 'compute-11'),
  async happen(bench, uuid) {
    await bench.sql(
      'nova_cell1',
      `UPDATE instances SET deleted = id, deleted_at = UTC_TIMESTAMP(), vm_state = 'deleted'
        WHERE uuid = '${uuid}'`,
    );
    return uuid;
  },
};
