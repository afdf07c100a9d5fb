import type { Instance } from './instance';
import type { Plot, Row } from './plot';
import type { Story } from './story';
import { image, projects, users, uuidOf, type Flavor } from './world';

export interface Port {
  readonly id: string;
  readonly mac: string;
  readonly address: string;
}

/** The instance's ports: fixed addresses of 172.20.69.0/24, then of 172.20.70.0/24. */
export function portsOf(plot: Plot, { ports = 1 }: Story, uuid: string): Port[] {
  return Array.from({ length: ports }, (_, index) => {
    const number = plot.nextAddress();
    const [third, fourth] = [69 + Math.floor(number / 240), 10 + (number % 240)];
    const hex = number.toString(16).padStart(6, '0');
    return {
      id: uuidOf(`port ${uuid} ${index}`),
      mac: `fa:16:3e:${hex.slice(0, 2)}:${hex.slice(2, 4)}:${hex.slice(4, 6)}`,
      address: `172.20.${third}.${fourth}`,
    };
  });
}

/** instance_info_caches.network_info: a list of VIFs as nova.network.model writes them. */
export function networkInfo(ports: readonly Port[]): string {
  return JSON.stringify(
    ports.map(({ id, mac, address }) => {
      const net = address.split('.').slice(0, 3).join('.');
      const gateway = { address: `${net}.1`, type: 'gateway', version: 4, meta: {} };
      const ips = [{ address, type: 'fixed', version: 4, meta: {}, floating_ips: [] }];
      const subnet = { cidr: `${net}.0/24`, dns: [], gateway, ips, routes: [], version: 4, meta: {} };
      return {
        id,
        address: mac,
        network: {
          id: uuidOf('network tenant-net'),
          bridge: 'br-int',
          label: 'tenant-net',
          subnets: [subnet],
          meta: { injected: false, mtu: 1450, physical_network: null, tunneled: true },
        },
        type: 'ovs',
        details: { port_filter: true, bridge_name: 'br-int' },
        devname: `tap${id.slice(0, 11)}`,
        ovs_interfaceid: id,
        qbh_params: null,
        qbg_params: null,
        active: true,
        vnic_type: 'normal',
        profile: {},
        preserve_on_delete: false,
        delegate_create: true,
        meta: {},
      };
    }),
  );
}

/** instance_system_metadata as the compute API copies it from the image and the request. */
export function systemMetadata(instance: Instance): [string, string][] {
  return [
    ['image_base_image_ref', image],
    ['image_container_format', 'bare'],
    ['image_disk_format', 'qcow2'],
    ['image_min_disk', String(instance.flavor.rootGb)],
    ['image_min_ram', '0'],
    ['image_os_distro', 'debian'],
    ['boot_roles', 'member,reader'],
    ['owner_project_name', projects[instance.owner]?.name ?? ''],
    ['owner_user_name', users[instance.owner]?.name ?? ''],
  ];
}

/** block_device_mapping: the root disk, local or a volume, and perhaps a data volume. */
export function blockDevices(instance: Instance): Row[] {
  const root: Row =
    instance.volume === 'root'
      ? volume(instance, 'vda', 0)
      : {
          uuid: uuidOf(`bdm ${instance.cell} ${instance.uuid} root`),
          device_name: '/dev/vda',
          boot_index: 0,
          no_device: 0,
          source_type: 'image',
          destination_type: 'local',
          device_type: 'disk',
          image_id: image,
          delete_on_termination: 1,
        };
  return instance.volume === 'data' ? [root, volume(instance, 'vdb', null)] : [root];
}

/** The UUID of the volume that the instance has, or had. */
export function volumeOf({ uuid, volume }: Pick<Instance, 'uuid' | 'volume'>): string {
  return uuidOf(`volume ${uuid} ${volume === 'root' ? 'vda' : 'vdb'}`);
}

export function attachmentOf(volumeId: string): string {
  return uuidOf(`attachment ${volumeId}`);
}

function volume(instance: Instance, device: string, bootIndex: number | null): Row {
  const id = volumeOf(instance);
  return {
    uuid: uuidOf(`bdm ${instance.cell} ${instance.uuid} ${device}`),
    device_name: `/dev/${device}`,
    boot_index: bootIndex,
    no_device: 0,
    source_type: 'volume',
    destination_type: 'volume',
    device_type: 'disk',
    volume_id: id,
    volume_size: 40,
    delete_on_termination: 0,
    attachment_id: attachmentOf(id),
    connection_info: JSON.stringify({
      driver_volume_type: 'iscsi',
      data: {
        target_portal: '127.0.0.1:3260',
        target_iqn: `iqn.2010-10.org.openstack:volume-${id}`,
        auth_password: 'secret',
      },
      serial: id,
    }),
  };
}

/** instance_extra.flavor. */
export function flavorJson(flavor: Flavor): string {
  const data = {
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
    disabled: false,
    is_public: true,
    extra_specs: {},
    description: null,
    created_at: '2025-01-01T00:00:00Z',
    updated_at: null,
    deleted_at: null,
    deleted: false,
  };
  const cur = {
    'nova_object.name': 'Flavor',
    'nova_object.namespace': 'nova',
    'nova_object.version': '1.2',
    'nova_object.data': data,
  };
  return JSON.stringify({ cur, old: null, new: null });
}
