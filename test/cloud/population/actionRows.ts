import type { Instance } from './instance';
import type { Plot, Row } from './plot';
import { projects, uuidOf, users } from './world';

/** Adds a row to a table of the instance's cell and gives its id; 0 where the story has no such row. */
export type AddRow = (table: string, row: Row) => number;

const events: Readonly<Record<string, string>> = {
  create: 'compute__do_build_and_run_instance',
  delete: 'compute_terminate_instance',
  stop: 'compute_stop_instance',
  pause: 'compute_pause_instance',
  resize: 'compute_finish_resize',
  shelve: 'compute_shelve_instance',
  'live-migration': 'compute_live_migration',
};

/** The actions of an instance, each with its one event on the host. */
export function plantActions(plot: Plot, instance: Instance, add: AddRow): void {
  const created = { action: 'create', ago: instance.created, result: 'Success' } as const;
  const deleted = { action: 'delete', ago: instance.deleted ?? 0, result: 'Success' } as const;
  const usual = instance.deleted === undefined ? [created] : [created, deleted];
  for (const [index, story] of (instance.actions === undefined
    ? usual
    : [created, ...instance.actions]
  ).entries()) {
    const times = { created_at: plot.at(story.ago), start_time: plot.at(story.ago) };
    const finished = story.result === undefined ? null : plot.at(Math.max(0, story.ago - 8));
    const action = add('instance_actions', {
      ...times,
      updated_at: finished,
      finish_time: finished,
      action: story.action,
      instance_uuid: instance.uuid,
      deleted: 0,
      request_id: `req-${uuidOf(`request ${instance.uuid} ${index}`)}`,
      message: story.result === 'Error' ? 'Error' : null,
      user_id: users[instance.owner]?.id ?? null,
      project_id: projects[instance.owner]?.id ?? null,
    });
    const host = 'host' in story ? story.host : instance.host;
    if (action === 0 || !host) continue;
    add('instance_actions_events', {
      ...times,
      updated_at: finished,
      finish_time: finished,
      event: events[story.action] ?? `compute_${story.action}_instance`,
      action_id: action,
      result: story.result ?? null,
      host,
      deleted: 0,
    });
  }
}
