import { plantActions, type AddRow } from './actionRows';
import { blockDevices, networkInfo, systemMetadata, flavorJson } from './rowValues';
import type { Instance } from './instance';
import type { Plot, Row } from './plot';
import { image, projects, uuidOf, users } from './world';

/**
 * The rows that Nova writes into a cell for one instance: `instances` and its dependents. A soft delete marks them all
 * except actions and events, and drops tags and console tokens (nova/db/main/api.py instance_destroy, Zed).
 */
export function plantCellRows(plot: Plot, instance: Instance): void {
  const database = `nova_${instance.cell}` as const;
  const marks = (id: number): Row =>
    instance.deleted === undefined ? { deleted: 0 } : { deleted: id, deleted_at: plot.at(instance.deleted) };
  const add = (table: string, row: Row): number => {
    if (instance.only !== undefined && !instance.only.includes(table)) return 0;
    if (instance.without?.includes(table)) return 0;
    return plot.add(database, table, row);
  };
  const mark = (table: string, row: Row): number => {
    const id = plot.nextId(database, table);
    const marked = instance.leftLive?.includes(table) ? { deleted: 0 } : marks(id);
    return add(table, { created_at: plot.at(instance.created), ...row, id, ...marked });
  };
  if (instance.parentless !== true) {
    // the how-to's statement: every Nova writes the row's id, and the date
    const marked = instance.deletedByHand === undefined ? marks(instance.id) : { deleted: 1 };
    plot.add(database, 'instances', instanceRow(plot, instance, marked));
  }
  const ofIt = { instance_uuid: instance.uuid };
  mark('instance_extra', {
    ...ofIt,
    flavor: flavorJson(instance.flavor),
    pci_requests: '[]',
    keypairs: emptyKeypairs,
  });
  mark('instance_info_caches', {
    ...ofIt,
    updated_at: plot.at(instance.updated ?? instance.created),
    network_info: networkInfo(instance.deleted === undefined && !instance.cacheEmpty ? instance.vifs : []),
  });
  for (const [key, value] of systemMetadata(instance))
    mark('instance_system_metadata', { ...ofIt, key, value });
  mark('instance_metadata', { ...ofIt, key: 'role', value: instance.owner % 2 === 0 ? 'web' : 'batch' });
  for (const device of blockDevices(instance)) mark('block_device_mapping', { ...ofIt, ...device });
  for (const { mac, id } of instance.vifs)
    mark('virtual_interfaces', { ...ofIt, address: `${mac}/${id}`, uuid: id });
  mark('security_group_instance_association', { ...ofIt, security_group_id: instance.owner + 1 });
  mark('instance_id_mappings', { uuid: instance.uuid });
  if (instance.deleted === undefined) add('tags', { resource_id: instance.uuid, tag: 'demo' });
  if (instance.fault !== undefined) {
    mark('instance_faults', {
      ...ofIt,
      code: 500,
      message: instance.fault.slice(0, 255),
      host: instance.host,
    });
  }
  plantActions(plot, instance, add);
  plantMigrations(plot, instance, mark);
}

function instanceRow(plot: Plot, instance: Instance, marks: Row): Row {
  const { host, flavor } = instance;
  const gone = instance.deleted !== undefined;
  const node = instance.node === undefined ? host : instance.node;
  const hostname = instance.name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60);
  return {
    created_at: plot.at(instance.created),
    updated_at: plot.at(instance.updated ?? instance.deleted ?? instance.created),
    id: instance.id,
    uuid: instance.uuid,
    display_name: instance.name,
    display_description: instance.name,
    hostname,
    user_id: users[instance.owner]?.id ?? null,
    project_id: projects[instance.owner]?.id ?? null,
    image_ref: instance.volume === 'root' ? '' : image,
    kernel_id: '',
    ramdisk_id: '',
    launch_index: 0,
    reservation_id: `r-${instance.uuid.slice(0, 8)}`,
    vm_state: instance.vmState,
    task_state: instance.taskState ?? null,
    power_state: instance.powerState ?? powerStates[instance.vmState] ?? 0,
    memory_mb: flavor.memoryMb,
    vcpus: flavor.vcpus,
    root_gb: flavor.rootGb,
    ephemeral_gb: 0,
    instance_type_id: flavor.id,
    host,
    node,
    launched_on: host,
    compute_id: computeId(plot, instance),
    launched_at: host === null ? null : plot.at(instance.created - 20),
    terminated_at: gone ? plot.at(instance.deleted ?? 0) : null,
    availability_zone: host === null ? null : 'nova',
    root_device_name: '/dev/vda',
    config_drive: '',
    progress: 0,
    auto_disk_config: 0,
    shutdown_terminate: 0,
    disable_terminate: 0,
    locked: 0,
    hidden: instance.hidden === true ? 1 : 0,
    cleaned: gone && instance.cleaned !== false ? 1 : 0,
    ...marks,
  };
}

/** instances.compute_id, new in 2023.2: the id of the host's compute_nodes row. */
function computeId(plot: Plot, instance: Instance): number | null {
  const nodes = plot.rows.get(`nova_${instance.cell}`)?.get('compute_nodes') ?? [];
  const id = nodes.find(({ host }) => host === instance.host)?.id;
  return typeof id === 'number' ? id : null;
}

/** nova.compute.power_state: NOSTATE 0, RUNNING 1, PAUSED 3, SHUTDOWN 4. */
const powerStates: Readonly<Record<string, number>> = {
  active: 1,
  resized: 1,
  paused: 3,
  stopped: 4,
  suspended: 4,
  'soft-delete': 4,
  shelved: 4,
  shelved_offloaded: 4,
};

const emptyKeypairs =
  '{"nova_object.name": "KeyPairList", "nova_object.namespace": "nova", "nova_object.version": "1.3", "nova_object.data": {"objects": []}}';

function plantMigrations(plot: Plot, instance: Instance, mark: AddRow): void {
  for (const [index, story] of (instance.migrations ?? []).entries()) {
    mark('migrations', {
      created_at: plot.at(story.ago),
      updated_at: plot.at(Math.max(0, story.ago - 20)),
      instance_uuid: instance.uuid,
      uuid: migrationUuid(instance.uuid, index),
      migration_type: story.type,
      status: story.status,
      hidden: 0,
      source_compute: story.source,
      source_node: story.source,
      dest_compute: story.destination,
      dest_node: story.destination,
      old_instance_type_id: 1,
      new_instance_type_id: story.type === 'resize' ? 2 : 1,
      cross_cell_move: story.crossCell === true ? 1 : 0,
      user_id: users[instance.owner]?.id ?? null,
      project_id: projects[instance.owner]?.id ?? null,
    });
  }
}

/** The consumer under which a migration holds the source's allocation in Placement. */
export function migrationUuid(instance: string, index: number): string {
  return uuidOf(`migration ${instance} ${index}`);
}
