import { computeOf } from '../openstack';
import type { Zombie } from './zombie';

export const stoppedByHand: Zombie = {
  kind: 'power-state-differs',
  verdict: 'suspected',
  how: 'somebody stopped its domain with virsh while nova-compute, which would have heard of it, was down',
  prepare: (bench) => bench.instance('stopped-by-hand', 'kvm-12'),
  async happen(bench, uuid) {
    await bench.loseCompute('kvm-12');
    await bench.on('kvm-12', `virsh -c qemu:///system destroy ${uuid}`);
    return uuid;
  },
  mend: ({ cloud }) => cloud.start(computeOf('kvm-12')),
};
