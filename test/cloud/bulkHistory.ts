/** Soft-deleted instances by the thousand, as Nova leaves them: 24 rows each, in ten tables of the cell and one of the API database. */
export interface BulkHistory {
  readonly schema: string;
  readonly api: string;
  /** `cell_mappings.id` */
  readonly cellId: number;
  readonly instances: number;
  /** ids of `instances` begin behind this */
  readonly after: number;
  readonly host: string;
}

const metadata = [
  ['image_min_ram', '0'],
  ['image_min_disk', '5'],
  ['image_disk_format', 'qcow2'],
  ['image_container_format', 'bare'],
  ['image_os_distro', 'debian'],
  ['image_base_image_ref', 'd792a485-a3ab-4c8d-b292-27e7a0bed6f4'],
  ['owner_user_name', 'someone'],
  ['owner_project_name', 'project'],
  ['boot_roles', 'member,reader'],
  ['image_hw_rng_model', 'virtio'],
] as const;

const actions = ['create', 'reboot', 'delete'] as const;

const flavor = JSON.stringify({
  cur: {
    'nova_object.name': 'Flavor',
    'nova_object.namespace': 'nova',
    'nova_object.version': '1.2',
    'nova_object.data': {
      ...{ id: 1, name: 'small', memory_mb: 512, vcpus: 1, root_gb: 5, ephemeral_gb: 0, swap: 0 },
      ...{
        flavorid: '6c9069c6-4144-4e9b-99df-eabaa4eed6cd',
        rxtx_factor: 1,
        vcpu_weight: 0,
        disabled: false,
      },
      ...{ is_public: true, extra_specs: { 'hw:cpu_policy': 'shared' }, description: null },
    },
  },
  old: null,
  new: null,
});

/** Statements that make them in the server (MariaDB's SEQUENCE engine): 100,000 take about a minute. */
export function bulkHistory(history: BulkHistory): string {
  const { schema, api, cellId, instances, after, host } = history;
  const from = `FROM (SELECT seq FROM seq_1_to_${instances}) s`;
  const id = `(${after} + s.seq)`;
  const uuid = uuidOf("'i'", after);
  const created = 'NOW() - INTERVAL (200 + MOD(s.seq * 7, 300)) DAY';
  const deleted = 'NOW() - INTERVAL (100 + MOD(s.seq * 7, 90)) DAY';
  const insert = (table: string, cells: Readonly<Record<string, string>>): string =>
    `INSERT INTO ${table.includes('.') ? table : `${schema}.${table}`} (${Object.keys(cells)
      .map((name) => `\`${name}\``)
      .join(', ')}) SELECT ${Object.values(cells).join(', ')} ${from}`;
  const marks = { created_at: created, deleted_at: deleted, deleted: id };
  const own = { ...marks, instance_uuid: uuid };
  const project = "MD5(CONCAT('project', MOD(s.seq, 50)))";
  return [
    'SET unique_checks = 0, foreign_key_checks = 0',
    insert('instances', {
      ...{ ...marks, id, uuid, updated_at: deleted, project_id: project, user_id: project },
      ...{ vm_state: "'deleted'", power_state: '0', host: `'${host}'`, node: `'${host}'`, cleaned: '1' },
      ...{ launched_on: `'${host}'`, display_name: "CONCAT('z-', s.seq)", hostname: "CONCAT('z-', s.seq)" },
      ...{ memory_mb: '512', vcpus: '1', root_gb: '5', ephemeral_gb: '0', hidden: '0', locked: '0' },
      ...{ reservation_id: "CONCAT('r-', SUBSTR(MD5(s.seq), 1, 8))", image_ref: `'${metadata[5][1]}'` },
    }),
    insert('instance_info_caches', { ...own, network_info: "'[]'" }),
    insert('instance_extra', { ...own, pci_requests: "'[]'", flavor: `'${flavor}'` }),
    ...metadata.map(([key, value]) =>
      insert('instance_system_metadata', { ...own, key: `'${key}'`, value: `'${value}'` }),
    ),
    insert('block_device_mapping', {
      ...{ ...own, device_name: "'/dev/vda'", delete_on_termination: '1', no_device: '0', boot_index: '0' },
      ...{ source_type: "'image'", destination_type: "'local'", device_type: "'disk'" },
      ...{ image_id: `'${metadata[5][1]}'`, uuid: uuidOf("'b'", after) },
    }),
    ...actions.flatMap((action, index) => {
      const actionId = `(3 * ${id} + ${index})`;
      return [
        insert('instance_actions', {
          ...{ id: actionId, created_at: created, action: `'${action}'`, instance_uuid: uuid, deleted: '0' },
          ...{ request_id: `CONCAT('req-', ${uuidOf(`'${action}'`, after)})`, project_id: project },
          start_time: created,
        }),
        insert('instance_actions_events', {
          ...{ created_at: created, event: `'compute_${action}'`, action_id: actionId, start_time: created },
          ...{ finish_time: created, result: "'Success'", host: `'${host}'`, deleted: '0' },
        }),
      ];
    }),
    insert('virtual_interfaces', {
      ...own,
      address: `CONCAT('fa:16:3e:00:00:00/', ${uuidOf("'p'", after)})`,
      uuid: uuidOf("'p'", after),
    }),
    insert('security_group_instance_association', own),
    insert('migrations', {
      ...{ ...own, source_compute: `'${host}'`, dest_compute: `'${host}'`, status: "'completed'" },
      ...{ migration_type: "'live-migration'", hidden: '0' },
      uuid: uuidOf("'m'", after),
    }),
    insert(`${api}.instance_mappings`, {
      ...{ created_at: created, instance_uuid: uuid, cell_id: String(cellId), project_id: project },
      queued_for_delete: '1',
    }),
  ].join(';\n');
}

function uuidOf(what: string, after: number): string {
  const digits = `MD5(CONCAT(${what}, ${after} + s.seq))`;
  return `CONCAT(SUBSTR(${digits}, 1, 8), '-', SUBSTR(${digits}, 9, 4), '-4', SUBSTR(${digits}, 14, 3), '-a', SUBSTR(${digits}, 18, 3), '-', SUBSTR(${digits}, 21, 12))`;
}
