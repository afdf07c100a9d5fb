import { plantInstance } from '../instance';
import type { Plot } from '../plot';
import { days, projects, users, uuidOf } from '../world';

/** A server group, one of whose members is gone. */
export function plantGroupMembers(plot: Plot): void {
  const group = plot.add('nova_api', 'instance_groups', {
    created_at: plot.at(days(700)),
    uuid: uuidOf('server group'),
    name: 'web servers apart',
    project_id: projects[0]?.id ?? null,
    user_id: users[0]?.id ?? null,
  });
  const join = (uuid: string): void => {
    plot.add('nova_api', 'instance_group_member', {
      created_at: plot.at(days(600)),
      instance_uuid: uuid,
      group_id: group,
    });
  };
  const gone = plantInstance(plot, {
    name: 'member-of-nothing',
    kind: 'group-member-left-behind',
    expect: 'suspected',
    cell: 'cell1',
    host: null,
    vmState: 'deleted',
    created: days(600),
    inCell: false,
    mapping: 'none',
    requestSpec: false,
    how: 'Was purged from all tables by a script that did not know server groups.',
  });
  join(gone.uuid);
  const live = plantInstance(plot, {
    name: 'member-of-group',
    twinOf: 'member-of-nothing',
    expect: 'none',
    cell: 'cell1',
    host: 'compute-01',
    vmState: 'active',
    created: days(600),
    how: 'A member of the same server group, alive.',
  });
  join(live.uuid);
  // planted before, with its build request only
  join(uuidOf('instance build-requested'));
}
