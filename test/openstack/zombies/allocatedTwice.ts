import type { Zombie } from './zombie';

export const allocatedTwice: Zombie = {
  kind: 'double-allocation',
  verdict: 'suspected',
  how: 'a move broke off and left its allocation at the other host',
  prepare: (bench) => bench.instance('allocated-twice', 'kvm-11'),
  async happen(bench, uuid) {
    await bench.allocate(uuid, ['kvm-11', 'kvm-12']);
    return uuid;
  },
};
