import { waitFor } from '../../cloud/ports';
import { computeOf } from '../openstack';
import type { Zombie } from './zombie';

export const deleteInterrupted: Zombie = {
  kind: 'stuck-deleting',
  verdict: 'confirmed',
  how: 'nova-compute hung, the instance was deleted, and nova-compute was killed before it came to that',
  depth: 'mark-deleted',
  prepare: (bench) => bench.instance('delete-interrupted', 'kvm-12'),
  async happen(bench, uuid) {
    const { cloud } = bench;
    cloud.freeze(computeOf('kvm-12'));
    await cloud.session.must('compute', 'DELETE', `/servers/${uuid}`);
    await waitFor(`${uuid} is being deleted`, 30, async () => {
      return (await cloud.readInstance(uuid))?.taskState === 'deleting';
    });
    await bench.loseCompute('kvm-12');
    return uuid;
  },
};
