import type { Zombie } from './zombie';

export const purgedWhileHostDown: Zombie = {
  kind: 'domain-without-instance',
  verdict: 'suspected',
  how: 'its host was down while it was deleted, and the rows were archived and purged before the host came back',
  prepare: (bench) => bench.instance('purged-while-host-down', 'kvm-12'),
  async happen(bench, uuid) {
    await bench.deleteWithout('kvm-12', uuid);
    await bench.archiveAndPurge();
    return uuid;
  },
};
