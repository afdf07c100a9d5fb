import { plantInstance } from '../instance';
import type { Plot } from '../plot';
import { days } from '../world';

export function plantSoftDeleted(plot: Plot): void {
  plantInstance(plot, {
    name: 'soft-deleted-for-months',
    kind: 'soft-deleted',
    expect: 'suspected',
    cell: 'cell1',
    host: 'compute-02',
    vmState: 'soft-delete',
    created: days(200),
    updated: days(60),
    actions: [{ action: 'delete', ago: days(60), result: 'Success' }],
    how: 'Was deleted with deferred delete; reclaim_instance_interval went back to 0 since then, and nobody reclaims it.',
  });
}
