import { plantInstance } from '../instance';
import type { Plot } from '../plot';
import { days } from '../world';

/** Twin of it is `cross-cell`, whose copy is hidden. */
export function plantInTwoCells(plot: Plot): void {
  const common = {
    name: 'in-both-cells',
    kind: 'instance-in-two-cells',
    also: ['instance-on-dead-host'],
    expect: 'unknown',
    twinOf: 'cross-cell',
    vmState: 'active',
    created: days(120),
    updated: days(50),
    how: 'A resize across cells failed at its last step: both rows are live, and neither is hidden.',
    migrations: [
      {
        type: 'resize',
        status: 'error',
        source: 'compute-02',
        destination: 'compute-03',
        ago: days(50),
        crossCell: true,
      },
    ],
  } as const;
  plantInstance(plot, { ...common, cell: 'cell1', host: 'compute-02' });
  plantInstance(plot, {
    ...common,
    cell: 'cell2',
    host: 'compute-03',
    domain: false,
    directories: [],
    allocations: [],
    mapping: 'none',
    requestSpec: false,
    lost: ['ports'],
  });
}
