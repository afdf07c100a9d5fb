import type { Zombie } from './zombie';

export const stoppedByHand: Zombie = {
  kind: 'power-state-differs',
  verdict: 'suspected',
  how: 'somebody stopped its domain with virsh, and nova-compute does not compare power states',
  prepare: (bench) => bench.instance('stopped-by-hand', 'kvm-11'),
  async happen(bench, uuid) {
    await bench.on('kvm-11', `virsh -c qemu:///system destroy ${uuid}`);
    return uuid;
  },
};
