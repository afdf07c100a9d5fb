import {
  cells,
  deletedProject,
  flavors,
  hosts,
  ironic,
  minutes,
  days,
  projects,
  users,
  uuidOf,
} from './world';
import type { DatabaseName } from './world';
import { consumerTypes } from './placementRows';
import type { Plot } from './plot';

export interface Address {
  readonly port: number;
  readonly password: string;
}

/** What stands before the first instance: cells, services, compute nodes, flavors, Placement's inventories. */
export function plantGround(plot: Plot, address: Address): void {
  plantCells(plot, address);
  plantPlacement(plot);
  for (const host of hosts.filter(({ known }) => known)) {
    if (host.cell === undefined) continue;
    const seen = host.state === 'up' ? 5 : days(3);
    plantService(plot, `nova_${host.cell}`, {
      host: host.name,
      binary: 'nova-compute',
      seen,
      ...(host.maintenance === undefined ? {} : { disabled: host.maintenance }),
    });
    plantHostMapping(plot, host.cell, host.name);
    plantNode(plot, {
      cell: host.cell,
      host: host.name,
      node: host.name,
      ip: host.address,
      type: 'QEMU',
      seen,
      ...(host.reinstalled === true ? { uuid: uuidOf(`second compute node ${host.name}`) } : {}),
    });
  }
  plantService(plot, 'nova_cell1', { host: ironic.host, binary: 'nova-compute', seen: 5 });
  plantHostMapping(plot, 'cell1', ironic.host);
  for (const node of [ironic.node, ...ironic.others]) {
    plantNode(plot, { cell: 'cell1', host: ironic.host, node, ip: '127.0.1.20', type: 'ironic', seen: 5 });
  }
  plantProjects(plot);
  for (const flavor of flavors) {
    plot.add('nova_api', 'flavors', {
      created_at: plot.at(days(400)),
      id: flavor.id,
      name: flavor.name,
      flavorid: flavor.flavorid,
      vcpus: flavor.vcpus,
      memory_mb: flavor.memoryMb,
      root_gb: flavor.rootGb,
      ephemeral_gb: 0,
      swap: 0,
      rxtx_factor: 1,
      vcpu_weight: 0,
      disabled: 0,
      is_public: 1,
    });
  }
}

/** The uuid that compute_nodes and Placement's resource provider of a node share. */
export function nodeUuid(node: string): string {
  return uuidOf(`compute node ${node}`);
}

function plantCells(plot: Plot, { port, password }: Address): void {
  for (const cell of cells) {
    plot.add('nova_api', 'cell_mappings', {
      created_at: plot.at(days(400)),
      id: cell.id,
      uuid: cell.uuid,
      name: cell.name,
      disabled: 0,
      transport_url: cell.name === 'cell0' ? 'none:///' : `rabbit://nova:guest@127.0.0.1:5672/${cell.name}`,
      database_connection: `mysql+pymysql://nova:${password}@127.0.0.1:${port}/${cell.database}?charset=utf8`,
    });
    for (const [index, project] of projects.entries()) {
      plot.add(cell.database as DatabaseName, 'security_groups', {
        created_at: plot.at(days(390)),
        name: 'default',
        description: 'default',
        deleted: 0,
        project_id: project.id,
        user_id: users[index]?.id ?? null,
      });
    }
  }
  plantService(plot, 'nova_cell0', { host: 'controller-01', binary: 'nova-scheduler', seen: 5 });
  for (const database of ['nova_cell0', 'nova_cell1', 'nova_cell2'] as const) {
    plantService(plot, database, { host: 'controller-01', binary: 'nova-conductor', seen: 5 });
  }
}

function plantPlacement(plot: Plot): void {
  // Placement numbers its standard classes from 0 and the deployment's own from 10000.
  for (const [id, name] of ['VCPU', 'MEMORY_MB', 'DISK_GB'].entries()) {
    plot.add('placement', 'resource_classes', { created_at: plot.at(days(400)), id, name });
  }
  plot.add('placement', 'resource_classes', {
    created_at: plot.at(days(400)),
    id: 10_000,
    name: 'CUSTOM_BAREMETAL',
  });
  for (const name of consumerTypes)
    plot.add('placement', 'consumer_types', { created_at: plot.at(days(400)), name });
  for (const project of projects)
    plot.add('placement', 'projects', { created_at: plot.at(days(390)), external_id: project.id });
  for (const user of users)
    plot.add('placement', 'users', { created_at: plot.at(days(390)), external_id: user.id });
}

function plantProjects(plot: Plot): void {
  for (const { id, name } of projects.filter((project) => project.name !== deletedProject))
    plot.services.projects.push({ id, name, enabled: name !== 'asleep' });
}

function plantHostMapping(plot: Plot, cell: 'cell1' | 'cell2', host: string): void {
  const cellId = cells.find(({ name }) => name === cell)?.id ?? 0;
  plot.add('nova_api', 'host_mappings', { created_at: plot.at(days(400)), cell_id: cellId, host });
}

interface Node {
  readonly cell: 'cell1' | 'cell2';
  readonly host: string;
  readonly node: string;
  readonly ip: string;
  readonly type: 'QEMU' | 'ironic';
  /** Seconds since the service last reported. */
  readonly seen: number;
  /** compute_nodes.uuid, where it is not the provider's */
  readonly uuid?: string;
}

function plantNode(plot: Plot, { cell, host, node, ip, type, seen, uuid }: Node): void {
  plot.add(`nova_${cell}`, 'compute_nodes', {
    created_at: plot.at(days(400)),
    updated_at: plot.at(seen + 30),
    host,
    hypervisor_hostname: node,
    host_ip: ip,
    uuid: uuid ?? nodeUuid(node),
    deleted: 0,
    mapped: 1,
    hypervisor_type: type,
    hypervisor_version: type === 'QEMU' ? 7_002_000 : 1,
    vcpus: 64,
    memory_mb: 262_144,
    local_gb: 2000,
    vcpus_used: 20,
    memory_mb_used: 40_960,
    local_gb_used: 400,
    cpu_info: '{"arch": "x86_64", "model": "qemu64", "vendor": "AMD"}',
    free_ram_mb: 221_184,
    free_disk_gb: 1600,
    current_workload: 0,
    running_vms: 0,
    stats: '{"failed_builds": "0"}',
    supported_instances: '[["x86_64", "qemu", "hvm"]]',
    ram_allocation_ratio: 1,
    cpu_allocation_ratio: 4,
    disk_allocation_ratio: 1,
  });
  const id = plantProvider(plot, node);
  for (const [index, total] of (type === 'QEMU' ? [64, 262_144, 2000] : []).entries()) {
    plot.add('placement', 'inventories', {
      created_at: plot.at(days(400)),
      resource_provider_id: id,
      resource_class_id: index,
      total,
      reserved: 0,
      min_unit: 1,
      max_unit: total,
      step_size: 1,
      allocation_ratio: index === 0 ? 4 : 1,
    });
  }
}

/** A resource provider of Placement, its own root; gives its id. */
export function plantProvider(plot: Plot, name: string): number {
  const id = plot.nextId('placement', 'resource_providers');
  return plot.add('placement', 'resource_providers', {
    created_at: plot.at(days(400)),
    updated_at: plot.at(minutes(10)),
    uuid: nodeUuid(name),
    name,
    generation: 12,
    root_provider_id: id,
    id,
  });
}

export interface Service {
  readonly host: string;
  readonly binary: string;
  /** seconds since it last reported */
  readonly seen: number;
  /** why it is disabled */
  readonly disabled?: string;
}

export function serviceUuid(database: DatabaseName, host: string, binary: string): string {
  return uuidOf(`service ${database} ${host} ${binary}`);
}

/** Gives the UUID of the row. */
export function plantService(
  plot: Plot,
  database: DatabaseName,
  { host, binary, seen, disabled }: Service,
): string {
  const uuid = serviceUuid(database, host, binary);
  plot.add(database, 'services', {
    created_at: plot.at(days(400)),
    updated_at: plot.at(seen),
    last_seen_up: plot.at(seen),
    host,
    binary,
    topic: binary.replace('nova-', ''),
    report_count: 3_456_000,
    disabled: Number(disabled !== undefined),
    disabled_reason: disabled ?? null,
    deleted: 0,
    forced_down: 0,
    version: 66,
    uuid,
  });
  return uuid;
}
