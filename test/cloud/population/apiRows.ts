import type { Instance } from './instance';
import type { Plot } from './plot';
import { cells, projects, users } from './world';

/** The rows of one instance in nova_api: its mapping, request spec and, before it is scheduled, build request. */
export function plantApiRows(plot: Plot, instance: Instance): void {
  // The hidden copy of a cross-cell resize shares the original's rows.
  if (instance.hidden === true) return;
  const project = projects[instance.owner]?.id ?? '';
  const user = users[instance.owner]?.id ?? '';
  const created = plot.at(instance.created);
  if (instance.mapping !== 'none') {
    const cell = cells.find(({ name }) => name === (instance.mapping ?? instance.cell));
    plot.add('nova_api', 'instance_mappings', {
      created_at: created,
      instance_uuid: instance.uuid,
      cell_id: cell?.id ?? null,
      project_id: project,
      user_id: user,
      queued_for_delete: Number(instance.queued ?? instance.deleted !== undefined),
    });
  }
  if (instance.requestSpec !== false) {
    plot.add('nova_api', 'request_specs', {
      created_at: created,
      instance_uuid: instance.uuid,
      spec: specJson(instance, project),
    });
  }
  if (instance.buildRequest === true) {
    plot.add('nova_api', 'build_requests', {
      created_at: created,
      instance_uuid: instance.uuid,
      project_id: project,
      block_device_mappings: '{}',
      tags: '[]',
      instance: JSON.stringify({
        uuid: instance.uuid,
        display_name: instance.name,
        vm_state: 'building',
        task_state: 'scheduling',
      }),
    });
  }
}

function specJson(instance: Instance, project: string): string {
  return JSON.stringify({
    'nova_object.name': 'RequestSpec',
    'nova_object.namespace': 'nova',
    'nova_object.version': '1.14',
    'nova_object.data': {
      instance_uuid: instance.uuid,
      project_id: project,
      num_instances: 1,
      availability_zone: null,
    },
  });
}
