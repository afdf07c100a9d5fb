import { plantInstance } from '../instance';
import type { Plot } from '../plot';
import { days } from '../world';

export function plantDeletedByHand(plot: Plot): void {
  const common = {
    cell: 'cell1',
    host: 'compute-02',
    vmState: 'active',
    created: days(300),
    updated: days(100),
    domain: false,
    directories: [],
  } as const;
  plantInstance(plot, {
    ...common,
    name: 'deleted-by-how-to',
    kind: 'deleted-by-hand',
    expect: 'confirmed',
    ports: 0,
    deletedByHand: days(100),
    how: 'A how-to said UPDATE instances SET deleted = 1, after virsh undefine and rm: every Nova writes the id and the date.',
  });
  plantInstance(plot, {
    ...common,
    name: 'deleted-by-nova',
    twinOf: 'deleted-by-how-to',
    expect: 'none',
    vmState: 'deleted',
    deleted: days(100),
    how: 'Was deleted by Nova itself: deleted is the id, the date is there, and so are the marks of all dependents.',
  });
}
