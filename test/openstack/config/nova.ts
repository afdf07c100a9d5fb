import { baseUrl, brokerUrl, region, state, type CellName, type Host, type Site } from '../site';
import { databaseSection, lockSection, loginSection, tokenSection } from './common';
import type { Ini, Section } from './ini';

/** Of the API, the scheduler, the super conductor and nova-manage: they speak for cell0. */
export function superConfig(site: Site): Ini {
  return {
    ...common(site, '', {
      enabled_apis: 'osapi_compute',
      osapi_compute_listen: '127.0.0.1',
      osapi_compute_listen_port: site.ports.compute,
      osapi_compute_workers: 1,
    }),
    api_database: databaseSection(site, 'nova_api'),
    database: databaseSection(site, 'nova_cell0'),
  };
}

/** Of a cell's conductor, with the API database so that it can check quotas late. */
export function cellConfig(site: Site, cell: CellName): Ini {
  return {
    ...common(site, cell),
    api_database: databaseSection(site, 'nova_api'),
    database: databaseSection(site, `nova_${cell}`),
  };
}

/** Of a nova-compute, which never sees a database. */
export function computeConfig(site: Site, { name, cell, address }: Host): Ini {
  if (address !== undefined) return hypervisorConfig(site, name, cell);
  return common(site, cell, {
    host: name,
    compute_driver: 'fake.FakeDriver',
    instances_path: state(site, 'nova', name),
  });
}

/** Of one with libvirt: it runs in its host, whose /var/lib/nova is its own. */
function hypervisorConfig(site: Site, host: string, cell: CellName): Ini {
  const helper = { helper_command: 'privsep-helper --config-file /etc/nova/nova.conf' };
  return {
    ...common(site, cell, {
      host,
      compute_driver: 'libvirt.LibvirtDriver',
      state_path: '/var/lib/nova',
      instances_path: '/var/lib/nova/instances',
      reserved_host_memory_mb: 0,
      // no guest here hears that it shall shut down
      shutdown_timeout: 1,
      // Nova must not heal what a test broke
      running_deleted_instance_action: 'noop',
      instance_delete_interval: 3600,
    }),
    libvirt: { virt_type: 'qemu', cpu_mode: 'none', images_type: 'qcow2', hw_machine_type: 'x86_64=pc' },
    oslo_concurrency: { lock_path: '/var/lib/nova/locks' },
    nova_sys_admin: helper,
    vif_plug_linux_bridge_privileged: helper,
    vif_plug_ovs_privileged: helper,
  };
}

function common(site: Site, virtualHost: string, own: Section = {}): Ini {
  return {
    DEFAULT: {
      my_ip: '127.0.0.1',
      state_path: state(site, 'nova'),
      transport_url: brokerUrl(site, virtualHost),
      // a killed host is down after 20 s, not after a minute
      report_interval: 5,
      service_down_time: 20,
      rpc_response_timeout: 30,
      // no agent says that a port is plugged
      vif_plugging_is_fatal: false,
      vif_plugging_timeout: 0,
      // Nova must not heal what a test broke
      sync_power_state_interval: -1,
      heal_instance_info_cache_interval: -1,
      ...own,
    },
    api: { auth_strategy: 'keystone' },
    conductor: { workers: 1 },
    scheduler: { workers: 1, discover_hosts_in_cells_interval: -1 },
    quota: { instances: -1, cores: -1, ram: -1, server_groups: -1 },
    vnc: { enabled: false },
    spice: { enabled: false },
    oslo_concurrency: lockSection(site),
    keystone_authtoken: tokenSection(site, 'nova'),
    placement: loginSection(site, 'placement'),
    neutron: loginSection(site, 'neutron'),
    cinder: { ...loginSection(site, 'nova'), os_region_name: region },
    service_user: { ...loginSection(site, 'nova'), send_service_user_token: true },
    glance: { endpoint_override: baseUrl(site, 'image') },
  };
}
