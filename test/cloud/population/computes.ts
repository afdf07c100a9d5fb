import type { Plot } from './plot';
import { cells, days, minutes, uuidOf, type DatabaseName } from './world';

/** The uuid that compute_nodes and Placement's resource provider of a node share. */
export function nodeUuid(node: string): string {
  return uuidOf(`compute node ${node}`);
}

export function plantHostMapping(plot: Plot, cell: 'cell1' | 'cell2', host: string): void {
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

export function plantNode(plot: Plot, { cell, host, node, ip, type, seen, uuid }: Node): void {
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
