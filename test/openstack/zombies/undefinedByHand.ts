import type { Zombie } from './zombie';

export const undefinedByHand: Zombie = {
  kind: 'domain-gone',
  verdict: 'suspected',
  how: 'somebody stopped and undefined its domain with virsh',
  prepare: (bench) => bench.instance('undefined-by-hand', 'kvm-11'),
  async happen(bench, uuid) {
    await bench.on('kvm-11', `virsh -c qemu:///system destroy ${uuid}`);
    await bench.on('kvm-11', `virsh -c qemu:///system undefine ${uuid}`);
    return uuid;
  },
};
