import type { ApiSession } from './apiSession';
import { list, type Listing } from './listing';
import { acrossCells, listVersions } from './novaServices';
import { defined, type Shape } from './shape';

/** A row of `compute_nodes`; `compute API`, "List Hypervisors Details". */
export interface Hypervisor {
  readonly id: string;
  /** `hypervisor_hostname`: what libvirt says that the machine is called */
  readonly name: string;
  /** `compute_nodes.host`: what Nova calls it */
  readonly host: string;
  readonly address?: string;
  readonly type?: string;
  readonly state?: string;
  readonly status?: string;
}

/** A row of `migrations`; `compute API`, "List Migrations". */
export interface Migration {
  readonly id: string;
  /** from 2.59 on: the consumer that holds the old host's allocation */
  readonly uuid?: string;
  readonly instanceUuid: string;
  readonly status: string;
  readonly type?: string;
  readonly sourceCompute?: string;
  readonly destCompute?: string;
  readonly createdAt?: string;
  readonly updatedAt?: string;
}

export interface MigrationFilter {
  readonly instanceUuid?: string;
  readonly status?: string;
}

export async function listHypervisors(
  session: ApiSession,
  signal?: AbortSignal,
): Promise<Listing<Hypervisor>> {
  const hypervisors = await list<Hypervisor>(
    session,
    {
      call: {
        service: 'compute',
        path: '/os-hypervisors/detail',
        // From 2.88 on Nova asks every host for its uptime (nova/api/openstack/compute/hypervisors.py, Zed).
        versions: listVersions,
      },
      field: 'hypervisors',
      read: readHypervisor,
      idOf: ({ id, name }) => `${id} ${name}`,
      pages: 'link',
    },
    signal,
  );
  return acrossCells(session, hypervisors, signal);
}

export async function listMigrations(
  session: ApiSession,
  { instanceUuid, status }: MigrationFilter,
  signal?: AbortSignal,
): Promise<Listing<Migration>> {
  const query: [string, string][] = [];
  if (instanceUuid !== undefined) query.push(['instance_uuid', instanceUuid]);
  if (status !== undefined) query.push(['status', status]);
  const migrations = await list<Migration>(
    session,
    {
      call: { service: 'compute', path: '/os-migrations', query, versions: listVersions },
      field: 'migrations',
      read: readMigration,
      // every cell counts its own ids
      idOf: ({ id, uuid, instanceUuid }) => uuid ?? `${id} ${instanceUuid}`,
      pages: 'link',
    },
    signal,
  );
  return acrossCells(session, migrations, signal);
}

function readHypervisor(item: Shape): Hypervisor {
  return defined({
    id: item.id('id'),
    name: item.text('hypervisor_hostname'),
    host: item.object('service').text('host'),
    address: item.optionalText('host_ip'),
    type: item.optionalText('hypervisor_type'),
    state: item.optionalText('state'),
    status: item.optionalText('status'),
  });
}

function readMigration(item: Shape): Migration {
  return defined({
    id: item.id('id'),
    uuid: item.optionalText('uuid'),
    instanceUuid: item.text('instance_uuid'),
    status: item.text('status'),
    type: item.optionalText('migration_type'),
    sourceCompute: item.optionalText('source_compute'),
    destCompute: item.optionalText('dest_compute'),
    createdAt: item.optionalText('created_at'),
    updatedAt: item.optionalText('updated_at'),
  });
}
