import type { ServerRow } from './novaRows';

type Row = Readonly<Record<string, string | null>>;

/** nova/api/openstack/compute/views/servers.py, show, Zed */
export function serverView({ values }: ServerRow, volumes: readonly string[]): object {
  return {
    id: values.uuid,
    name: values.display_name,
    status: statusOf(values.vm_state, values.task_state),
    tenant_id: values.project_id ?? '',
    user_id: values.user_id ?? '',
    metadata: {},
    hostId: values.host ?? '',
    image: '',
    flavor: {},
    created: iso(values.created_at),
    updated: iso(values.updated_at),
    addresses: {},
    links: [],
    config_drive: '',
    key_name: null,
    locked: Number(values.locked) !== 0,
    description: values.display_name,
    tags: [],
    'OS-DCF:diskConfig': 'MANUAL',
    'OS-EXT-AZ:availability_zone': values.availability_zone ?? '',
    'OS-EXT-SRV-ATTR:host': values.host,
    'OS-EXT-SRV-ATTR:hypervisor_hostname': values.node,
    'OS-EXT-SRV-ATTR:hostname': values.hostname,
    'OS-EXT-SRV-ATTR:instance_name': `instance-${Number(values.id).toString(16).padStart(8, '0')}`,
    'OS-EXT-STS:task_state': values.task_state,
    'OS-EXT-STS:vm_state': values.vm_state,
    'OS-EXT-STS:power_state': Number(values.power_state ?? 0),
    'OS-SRV-USG:launched_at': values.launched_at,
    'OS-SRV-USG:terminated_at': values.terminated_at,
    'os-extended-volumes:volumes_attached': volumes.map((id) => ({ id, delete_on_termination: false })),
  };
}

/** A server of which there is a build request and no row yet. */
export function requestedView(uuid: string, row: Row): object {
  const { display_name: name } = JSON.parse(row.instance ?? '{}') as { display_name?: string };
  return {
    id: uuid,
    name: name ?? '',
    status: 'BUILD',
    tenant_id: row.project_id,
    user_id: '',
    created: iso(row.created_at ?? null),
    updated: iso(row.created_at ?? null),
    'OS-EXT-SRV-ATTR:host': null,
    'OS-EXT-STS:task_state': 'scheduling',
    'OS-EXT-STS:vm_state': 'building',
    'OS-EXT-STS:power_state': 0,
    'os-extended-volumes:volumes_attached': [],
  };
}

/** nova/api/openstack/compute/services.py, _get_service_detail, Zed */
export function serviceView(row: Row, now: Date): object {
  return {
    id: row.uuid,
    binary: row.binary,
    host: row.host,
    zone: row.binary === 'nova-compute' ? 'nova' : 'internal',
    status: row.disabled === '1' ? 'disabled' : 'enabled',
    state: isUp(row, now) ? 'up' : 'down',
    updated_at: (row.last_seen_up ?? '').replace(' ', 'T'),
    disabled_reason: row.disabled_reason,
    forced_down: row.forced_down === '1',
  };
}

/** nova/api/openstack/compute/hypervisors.py, _view_hypervisor, Zed */
export function nodeView(node: Row, services: readonly Row[], now: Date): object {
  const service = services.find(({ host, binary }) => host === node.host && binary === 'nova-compute');
  return {
    id: node.uuid,
    hypervisor_hostname: node.hypervisor_hostname,
    hypervisor_type: node.hypervisor_type,
    hypervisor_version: Number(node.hypervisor_version),
    host_ip: node.host_ip,
    state: service && isUp(service, now) ? 'up' : 'down',
    status: service?.disabled === '1' ? 'disabled' : 'enabled',
    service: { id: service?.uuid, host: node.host, disabled_reason: service?.disabled_reason ?? null },
    servers: [],
  };
}

/** service_down_time is 60 s. */
function isUp({ last_seen_up: seen, forced_down: forced }: Row, now: Date): boolean {
  const at = Date.parse(`${(seen ?? '').replace(' ', 'T')}Z`);
  return forced !== '1' && now.getTime() - at < 60_000;
}

/** nova/api/openstack/common.py, _STATE_MAP, Zed: those that the demo cloud has */
function statusOf(vmState: string | null, taskState: string | null): string {
  if (vmState === 'active' && taskState === 'migrating') return 'MIGRATING';
  if ((vmState === 'active' || vmState === 'stopped') && taskState?.startsWith('resize_')) return 'RESIZE';
  if (vmState === 'active' && taskState?.includes('reboot')) return 'REBOOT';
  return (vmState === null ? undefined : statuses[vmState]) ?? 'UNKNOWN';
}

const statuses: Readonly<Record<string, string>> = {
  active: 'ACTIVE',
  building: 'BUILD',
  deleted: 'DELETED',
  error: 'ERROR',
  paused: 'PAUSED',
  resized: 'VERIFY_RESIZE',
  shelved: 'SHELVED',
  shelved_offloaded: 'SHELVED_OFFLOADED',
  'soft-delete': 'SOFT_DELETED',
  stopped: 'SHUTOFF',
  suspended: 'SUSPENDED',
};

function iso(time: string | null): string {
  return `${(time ?? '').replace(' ', 'T')}Z`;
}
