import { baseUrl, brokerUrl, state, type Site } from '../site';
import { databaseSection, lockSection, tokenSection } from './common';
import type { Ini } from './ini';

export function keystoneConfig(site: Site): Ini {
  return {
    DEFAULT: {},
    database: databaseSection(site, 'keystone'),
    token: { provider: 'fernet', expiration: 86_400 },
    // every request of a service may be a login, and a slow hash would be most of its time
    identity: { password_hash_rounds: 4 },
    fernet_tokens: { key_repository: state(site, 'keystone', 'fernet') },
    credential: { key_repository: state(site, 'keystone', 'credential') },
    // in its one process; without it, every check of a token reads all roles anew and costs a quarter of a second
    cache: { enabled: true, backend: 'oslo_cache.dict' },
  };
}

export function placementConfig(site: Site): Ini {
  return {
    DEFAULT: {},
    api: { auth_strategy: 'keystone' },
    placement_database: databaseSection(site, 'placement'),
    keystone_authtoken: tokenSection(site, 'placement'),
  };
}

export function glanceConfig(site: Site): Ini {
  return {
    DEFAULT: {
      bind_host: '127.0.0.1',
      bind_port: site.ports.image,
      workers: 1,
      enabled_backends: 'file:file',
    },
    database: databaseSection(site, 'glance'),
    glance_store: { default_backend: 'file' },
    file: { filesystem_store_datadir: state(site, 'glance', 'images') },
    os_glance_staging_store: { filesystem_store_datadir: state(site, 'glance', 'staging') },
    os_glance_tasks_store: { filesystem_store_datadir: state(site, 'glance', 'staging') },
    paste_deploy: { flavor: 'keystone' },
    keystone_authtoken: tokenSection(site, 'glance'),
  };
}

/** There is no agent on any host: the mechanism driver in test/openstack/python binds the ports. */
export function neutronConfig(site: Site): Ini {
  return {
    DEFAULT: {
      bind_host: '127.0.0.1',
      bind_port: site.ports.network,
      state_path: state(site, 'neutron'),
      transport_url: brokerUrl(site, 'neutron'),
      api_workers: 1,
      rpc_workers: 1,
      rpc_state_report_workers: 0,
      core_plugin: 'ml2',
      service_plugins: '',
      notify_nova_on_port_status_changes: false,
      notify_nova_on_port_data_changes: false,
      // a process that sets its title loses the environment by which it is known as ours
      setproctitle: 'off',
    },
    database: databaseSection(site, 'neutron'),
    ml2: {
      type_drivers: 'local',
      tenant_network_types: 'local',
      mechanism_drivers: 'agentless',
      extension_drivers: 'port_security',
    },
    quotas: { quota_port: -1, quota_network: -1 },
    oslo_concurrency: lockSection(site),
    keystone_authtoken: tokenSection(site, 'neutron'),
  };
}

/** The driver is Cinder's own fake: volumes are rows, and attaching one asks nothing of the host. */
export function cinderConfig(site: Site): Ini {
  return {
    DEFAULT: {
      my_ip: '127.0.0.1',
      host: 'volumes',
      state_path: state(site, 'cinder'),
      transport_url: brokerUrl(site, 'cinder'),
      api_paste_config: '/etc/cinder/api-paste.ini',
      auth_strategy: 'keystone',
      osapi_volume_listen: '127.0.0.1',
      osapi_volume_listen_port: site.ports.volumev3,
      osapi_volume_workers: 1,
      enabled_backends: 'fake',
      glance_api_servers: baseUrl(site, 'image'),
    },
    fake: {
      volume_driver: 'cinder.tests.fake_driver.FakeLoggingVolumeDriver',
      volume_backend_name: 'fake',
    },
    database: databaseSection(site, 'cinder'),
    oslo_concurrency: lockSection(site),
    keystone_authtoken: tokenSection(site, 'cinder'),
  };
}
