import type { Zombie } from './zombie';

export const filesForgotten: Zombie = {
  kind: 'leftover-directory',
  verdict: 'confirmed',
  how: 'its host was down while it was deleted; somebody saw the domain and removed it with virsh, and not its disk',
  prepare: (bench) => bench.instance('files-forgotten', 'kvm-12'),
  async happen(bench, uuid) {
    await bench.deleteWithout('kvm-12', uuid);
    await bench.on('kvm-12', `virsh -c qemu:///system destroy ${uuid}`);
    await bench.on('kvm-12', `virsh -c qemu:///system undefine ${uuid}`);
    return uuid;
  },
};
