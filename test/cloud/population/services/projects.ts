import { plantInstance } from '../instance';
import type { Plot } from '../plot';
import { days } from '../world';

export function plantProjects(plot: Plot): void {
  const common = { cell: 'cell1', host: 'compute-01', vmState: 'active', created: days(260) } as const;
  plantInstance(plot, {
    ...common,
    name: 'of-deleted-project',
    project: 'defunct',
    kind: 'project-gone',
    expect: 'confirmed',
    how: 'Its project was deleted in Keystone before anybody cleaned it up; nobody can log in to it any more.',
  });
  plantInstance(plot, {
    ...common,
    name: 'of-disabled-project',
    project: 'asleep',
    twinOf: 'of-deleted-project',
    expect: 'none',
    how: 'Its project is disabled while its bill is in dispute, and there.',
  });
}
