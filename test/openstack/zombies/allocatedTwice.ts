import type { Zombie } from './zombie';

export const allocatedTwice: Zombie = {
  kind: 'double-allocation',
  verdict: 'confirmed',
  how: 'a move broke off and left its allocation at the other host',
  prepare: (bench) => bench.instance('allocated-twice', 'compute-11'),
  async happen(bench, uuid) {
    await bench.allocate(uuid, ['compute-11', 'compute-12']);
    return uuid;
  },
};
