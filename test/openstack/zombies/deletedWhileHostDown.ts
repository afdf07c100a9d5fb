import type { Zombie } from './zombie';

export const deletedWhileHostDown: Zombie = {
  kind: 'domain-of-deleted-instance',
  verdict: 'confirmed',
  how: 'its host was down while it was deleted',
  prepare: (bench) => bench.instance('deleted-while-host-down', 'kvm-12'),
  async happen(bench, uuid) {
    await bench.deleteWithout('kvm-12', uuid);
    return uuid;
  },
};
