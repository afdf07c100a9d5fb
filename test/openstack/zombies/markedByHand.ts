import type { Zombie } from './zombie';

export const markedByHand: Zombie = {
  kind: 'deleted-by-hand',
  verdict: 'confirmed',
  how: 'somebody followed a guide: UPDATE instances SET deleted = 1',
  also: ['live-rows-of-deleted-instance', 'mapping-not-queued', 'orphan-allocation', 'orphan-port'],
  prepare: (bench) => bench.instance('marked-by-hand', 'compute-11'),
  async happen(bench, uuid) {
    await bench.sql(
      'nova_cell1',
      `UPDATE instances SET deleted = 1, vm_state = 'deleted' WHERE uuid = '${uuid}'`,
    );
    return uuid;
  },
};
