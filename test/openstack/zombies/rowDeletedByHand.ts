import type { Zombie } from './zombie';

export const rowDeletedByHand: Zombie = {
  kind: 'rows-without-parent',
  verdict: 'confirmed',
  how: 'somebody deleted its row of instances with foreign key checks off',
  also: ['mapping-left-behind', 'request-spec-left-behind', 'orphan-allocation', 'orphan-port'],
  prepare: (bench) => bench.instance('row-deleted-by-hand', 'compute-11'),
  async happen(bench, uuid) {
    await bench.sql('nova_cell1', `SET FOREIGN_KEY_CHECKS = 0; DELETE FROM instances WHERE uuid = '${uuid}'`);
    return uuid;
  },
};
