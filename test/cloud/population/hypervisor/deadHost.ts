import { plantInstance } from '../instance';
import type { Plot } from '../plot';
import { days } from '../world';

/** Twins of it are all instances of compute-03: its service is disabled for maintenance, and alive. */
export function plantOnDeadHost(plot: Plot): void {
  plantInstance(plot, {
    name: 'on-removed-host',
    kind: 'instance-on-dead-host',
    also: ['missing-allocation'],
    expect: 'suspected',
    mustSurvive: true,
    cell: 'cell1',
    host: 'compute-06',
    vmState: 'active',
    created: days(800),
    updated: days(500),
    allocations: [],
    how: 'compute-06 was taken out of Nova while this instance was on it; the machine runs on, and Nova cannot reach it.',
  });
}
