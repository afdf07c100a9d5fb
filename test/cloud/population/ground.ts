import { cells, deletedProject, flavors, hosts, ironic, days, projects, users, uuidOf } from './world';
import type { DatabaseName } from './world';
import { plantHostMapping, plantNode, plantService } from './computes';
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
