import { nodeUuid, plantProvider } from '../computes';
import type { Plot } from '../plot';

/** Resource providers that no compute node fits. */
export function plantProviders(plot: Plot): void {
  plot.planted.push({
    uuid: nodeUuid('compute-05'),
    name: 'compute-05',
    kind: 'provider-mismatch',
    expect: 'suspected',
    mustSurvive: true,
    how: 'compute-05 was installed anew and has a new compute node; Placement has its name under the old UUID, so that the new one gets none.',
  });
  plantProvider(plot, 'ceph-pool');
  plot.planted.push({
    uuid: nodeUuid('ceph-pool'),
    name: 'ceph-pool',
    twinOf: 'compute-05',
    expect: 'none',
    mustSurvive: true,
    how: 'A storage pool that compute nodes share: it never was one.',
  });
}
