import { insert, instanceUuid, uuidOf } from './sql';

/** Every tenth is live, the others are soft-deleted history that nobody archived. */
export const isLive = 'MOD(s.seq, 10) = 0';
export const hosts = 100;

/** The zombies, by their numbers, a thousand of a million in all. */
const isStuck = 'MOD(s.seq, 3000) = 0';
const isHalfDeleted = 'MOD(s.seq, 3000) = 1';

const host = `CONCAT('compute-', MOD(s.seq DIV 10, ${hosts}))`;
const made = 'UTC_TIMESTAMP() - INTERVAL (40 + MOD(s.seq * 7, 700)) DAY';
const gone = 'UTC_TIMESTAMP() - INTERVAL (1 + MOD(s.seq * 7, 29)) DAY';
const project = "MD5(CONCAT('project', MOD(s.seq, 50)))";
const user = "MD5(CONCAT('user', MOD(s.seq, 120)))";

const deletedAt = `IF(${isLive}, NULL, ${gone})`;
const deleted = `IF(${isLive}, 0, s.seq)`;
const dates = { created_at: made, updated_at: `COALESCE(${deletedAt}, ${made})`, deleted_at: deletedAt };

const flavor = JSON.stringify({
  cur: {
    'nova_object.name': 'Flavor',
    'nova_object.namespace': 'nova',
    'nova_object.version': '1.2',
    'nova_object.data': {
      ...{ id: 1, name: 'm1.small', memory_mb: 2048, vcpus: 1, root_gb: 20, ephemeral_gb: 0, swap: 0 },
      ...{ flavorid: '6c9069c6-4144-4e9b-99df-eabaa4eed6cd', rxtx_factor: 1, vcpu_weight: 0 },
      ...{ disabled: false, is_public: true, extra_specs: {}, description: null, deleted: false },
    },
  },
  old: null,
  new: null,
});
const port = JSON.stringify([
  {
    id: 'PORT',
    address: 'fa:16:3e:46:ea:c8',
    network: {
      id: '01168744-2c34-490f-89be-ef749435336a',
      label: 'net',
      subnets: [{ cidr: '10.99.0.0/16', ips: [{ address: '10.99.1.173', type: 'fixed', version: 4 }] }],
    },
    type: 'ovs',
    active: true,
  },
]);
const networkInfo = `IF(${isLive}, REPLACE('${port}', 'PORT', ${uuidOf("'port'", 's.seq')}), '[]')`;

function instances(to: number): string {
  return insert(
    'instances',
    {
      id: 's.seq',
      uuid: instanceUuid,
      ...dates,
      ...{ project_id: project, user_id: user, host, node: host, launched_on: host },
      ...{ hostname: "CONCAT('vm-', s.seq)", display_name: "CONCAT('vm-', s.seq)", image_ref: "'an image'" },
      ...{ reservation_id: "CONCAT('r-', s.seq)", launched_at: made, terminated_at: deletedAt },
      vm_state: `IF(${isLive}, 'active', 'deleted')`,
      task_state: `IF(${isLive} AND ${isStuck}, 'deleting', NULL)`,
      power_state: `IF(${isLive}, 1, 0)`,
      ...{ memory_mb: '2048', vcpus: '1', root_gb: '20', ephemeral_gb: '0', instance_type_id: '1' },
      ...{ availability_zone: "'nova'", root_device_name: "'/dev/vda'", config_drive: "''" },
      cleaned: `IF(${isLive}, 0, 1)`,
      deleted,
      ...{ hidden: '0', locked: '0', progress: '0', launch_index: '0' },
    },
    { to },
  );
}

/**
 * One row in each of six tables below every instance, and below some numbers after them, which are rows without a
 * parent; a few of soft-deleted instances are still live.
 */
function children(to: number): string[] {
  const all = { to };
  const child = { instance_uuid: instanceUuid, ...dates, deleted };
  const cached = { ...child, network_info: networkInfo };
  return [
    insert('instance_info_caches', { ...cached, deleted: `IF(${isHalfDeleted}, 0, ${deleted})` }, all),
    insert('instance_extra', { ...child, flavor: `'${flavor}'`, pci_requests: "'[]'" }, all),
    insert('instance_system_metadata', { ...child, key: "'image_min_disk'", value: "'20'" }, all),
    insert(
      'block_device_mapping',
      {
        ...child,
        ...{ device_name: "'/dev/vda'", source_type: "'image'", destination_type: "'local'" },
        ...{
          device_type: "'disk'",
          boot_index: '0',
          delete_on_termination: '1',
          uuid: uuidOf("'bdm'", 's.seq'),
        },
      },
      all,
    ),
    insert(
      'virtual_interfaces',
      { ...child, address: "CONCAT('fa:16:3e/', s.seq)", uuid: uuidOf("'port'", 's.seq') },
      all,
    ),
    insert(
      'instance_actions',
      {
        ...{ instance_uuid: instanceUuid, created_at: made, updated_at: made, start_time: made },
        action: `IF(${isLive} AND NOT ${isStuck}, 'create', 'delete')`,
        ...{ request_id: "CONCAT('req-', s.seq)", project_id: project, user_id: user, deleted: '0' },
      },
      all,
    ),
  ];
}

function computes(): string[] {
  const name = "CONCAT('compute-', s.seq - 1)";
  const each = { created_at: made, host: name, deleted: '0' };
  return [
    insert(
      'services',
      {
        ...each,
        ...{ binary: "'nova-compute'", topic: "'compute'", report_count: '1', disabled: '0' },
        ...{ forced_down: '0', version: '66', uuid: uuidOf("'service'", 's.seq') },
      },
      { to: hosts },
    ),
    insert(
      'compute_nodes',
      {
        ...each,
        ...{ hypervisor_hostname: name, host_ip: "'127.0.0.1'", uuid: uuidOf("'node'", 's.seq') },
        ...{ hypervisor_type: "'QEMU'", hypervisor_version: '7002000', cpu_info: "'{}'", mapped: '1' },
        ...{ vcpus: '64', memory_mb: '262144', local_gb: '2000' },
        ...{ vcpus_used: '0', memory_mb_used: '0', local_gb_used: '0' },
      },
      { to: hosts },
    ),
  ];
}

/** The rows of a cell, statement by statement. */
export function cellRows(count: number): string[] {
  return [...computes(), instances(count), ...children(count + count / 2000)];
}
