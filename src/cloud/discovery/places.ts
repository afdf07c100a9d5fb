/** How OpenStack was put on a host, which decides where its configuration is. */
export type Deployment = 'packages' | 'kolla' | 'tripleo' | 'lxc' | 'devstack';

/** One configuration as a service reads it. */
export interface Place {
  readonly deployment: Deployment;
  /** the service, or all of them */
  readonly program: string;
  /** files in the order in which they are read: later ones override; `*` stands for the names in a folder */
  readonly layers: readonly string[];
  /** the layers that make it a configuration of its own: without any of them there is none */
  readonly own: readonly string[];
}

const distribution = '/usr/share/nova/nova-dist.conf';
const common = '/etc/nova/nova.conf';
const commonFolder = '/etc/nova/nova.conf.d/*.conf';

/**
 * The files of one service from packages, or from an installation of Python packages: oslo.config 9.0, cfg.py,
 * find_config_files and find_config_dirs. All files come first, then all folders; the very first is RDO's.
 */
function packaged(program: string, alsoCommon: boolean): Place {
  const own = [`/etc/nova/${program}.conf`, `/etc/nova/${program}.conf.d/*.conf`] as const;
  return {
    deployment: 'packages',
    program,
    layers: [distribution, common, own[0], commonFolder, own[1]],
    own: alsoCommon ? [...own, common, commonFolder] : own,
  };
}

function alone(deployment: Deployment, name: string, path: string): Place {
  return { deployment, program: name, layers: [path], own: [path] };
}

/** kolla-ansible 19 (2024.2), roles nova and nova-cell, config.yml: one folder for each container. */
function kolla(name: string): Place {
  return alone('kolla', name, `/etc/kolla/${name}/nova.conf`);
}

/** tripleo-heat-templates (wallaby), deployment/nova: config_volume. */
function tripleo(volume: string): Place {
  return alone('tripleo', volume, `/var/lib/config-data/puppet-generated/${volume}/etc/nova/nova.conf`);
}

/** Where the API services keep their configuration; the best first. */
export const controllerPlaces: readonly Place[] = [
  // with several cells only this conductor knows the API database (kolla-ansible, nova_cell_conductor_has_api_database)
  kolla('nova-super-conductor'),
  kolla('nova-conductor'),
  kolla('nova-scheduler'),
  kolla('nova-api'),
  kolla('nova-metadata'),
  tripleo('nova'),
  tripleo('nova_metadata'),
  packaged('nova-conductor', false),
  packaged('nova-scheduler', false),
  packaged('nova-api', false),
  {
    deployment: 'packages',
    program: 'nova',
    layers: [distribution, common, commonFolder],
    own: [common, commonFolder],
  },
  alone('lxc', 'nova', '/var/lib/lxc/*/rootfs/etc/nova/nova.conf'),
  // devstack 2024.2, lib/nova: conductor_conf
  alone('devstack', 'nova-conductor', '/etc/nova/nova_cell*.conf'),
];

/** Where nova-compute keeps its configuration; the best first. */
export const computePlaces: readonly Place[] = [
  kolla('nova-compute'),
  tripleo('nova_libvirt'),
  // devstack 2024.2, lib/nova: NOVA_CPU_CONF
  alone('devstack', 'nova-compute', '/etc/nova/nova-cpu.conf'),
  packaged('nova-compute', true),
];

/** Where Placement keeps its configuration; the best first. */
export const placementPlaces: readonly Place[] = [
  alone('kolla', 'placement-api', '/etc/kolla/placement-api/placement.conf'),
  alone(
    'tripleo',
    'placement',
    '/var/lib/config-data/puppet-generated/placement/etc/placement/placement.conf',
  ),
  {
    deployment: 'packages',
    program: 'placement',
    layers: ['/etc/placement/placement.conf', '/etc/placement/placement.conf.d/*.conf'],
    own: ['/etc/placement/placement.conf', '/etc/placement/placement.conf.d/*.conf'],
  },
  alone('lxc', 'placement', '/var/lib/lxc/*/rootfs/etc/placement/placement.conf'),
];
