/**
 * The tables that mention an instance, what a removal does with them, and why. What exists on the server at hand
 * is read from information_schema; a table that references an instance by a foreign key and is not listed here
 * blocks a plan.
 */
export type TableTreatment = 'delete' | 'detach' | 'keep';

export interface InstanceTable {
  readonly table: string;
  /** column that names the instance, or the parent named in `through` */
  readonly column: string;
  /** the column holds an id of a row of this table, which in turn names the instance; `instances` by its `id` */
  readonly through?: { readonly table: string; readonly column: string };
  readonly treatment: TableTreatment;
  /** columns set when the row is detached */
  readonly detach?: Readonly<Record<string, string | null>>;
  /** Nova's own delete marks its rows: nova/db/main/api.py, instance_destroy (Zed) */
  readonly marked: 'soft' | 'hard' | 'kept';
  /** for people: what is in it */
  readonly content: string;
  /** where the treatment is known from */
  readonly source: string;
}

const destroy = 'nova/db/main/api.py, instance_destroy (Zed)';

function child(table: string, content: string): InstanceTable {
  return { table, column: 'instance_uuid', treatment: 'delete', marked: 'soft', content, source: destroy };
}

/** Nova makes their rows with that of the instance: nova/db/main/api.py, instance_create (Zed). */
export const tablesOfEveryInstance = ['instance_extra', 'instance_info_caches'] as const;

export const cellTables: readonly InstanceTable[] = [
  child('security_group_instance_association', 'security groups'),
  child('instance_info_caches', 'cached network info'),
  child('instance_metadata', 'metadata'),
  child('instance_faults', 'faults'),
  child('instance_extra', 'flavor, NUMA and other extras'),
  child('instance_system_metadata', 'system metadata'),
  child('block_device_mapping', 'block devices'),
  child('migrations', 'migrations'),
  child('virtual_interfaces', 'virtual interfaces'),
  {
    ...child('virtual_interfaces', 'virtual interfaces'),
    column: 'instance_id',
    through: { table: 'instances', column: 'uuid' },
    source: 'schema of 2011 (Diablo)',
  },
  { ...child('instance_id_mappings', 'EC2 ids'), column: 'uuid' },
  { ...child('tags', 'tags'), column: 'resource_id', marked: 'hard' },
  { ...child('console_auth_tokens', 'console tokens'), marked: 'hard' },
  {
    ...child('instance_actions_events', 'events of actions'),
    column: 'action_id',
    through: { table: 'instance_actions', column: 'instance_uuid' },
    marked: 'kept',
  },
  { ...child('instance_actions', 'actions'), marked: 'kept' },
  {
    ...child('share_mapping', 'attached shares'),
    marked: 'hard',
    source: 'nova 2025.1, migration d60bddf7a903',
  },
  {
    ...child('consoles', 'consoles (legacy)'),
    marked: 'kept',
    source: 'nova/db/main/models.py, REMOVED_TABLES',
  },
  {
    ...child('bw_usage_cache', 'bandwidth usage'),
    column: 'uuid',
    marked: 'kept',
    source: 'nova/db/main/models.py',
  },
  { ...child('volume_usage_cache', 'volume usage'), marked: 'kept', source: 'nova/db/main/models.py' },
  {
    ...child('pci_devices', 'PCI devices, which are inventory of the host'),
    treatment: 'detach',
    detach: { status: 'available', instance_uuid: null, request_id: null },
    marked: 'kept',
    source: 'nova/objects/pci_device.py, PciDevice.free (Zed)',
  },
  {
    ...child('fixed_ips', 'fixed IPs of nova-network, which are inventory'),
    treatment: 'detach',
    detach: { instance_uuid: null, virtual_interface_id: null, allocated: '0' },
    marked: 'kept',
    source: 'nova/db/main/models.py, REMOVED_TABLES',
  },
];

export const apiTables: readonly InstanceTable[] = [
  { ...child('build_requests', 'build request'), marked: 'hard', source: 'nova/objects/build_request.py' },
  {
    ...child('request_specs', 'request spec'),
    marked: 'kept',
    source: 'nova/db/main/api.py, _archive_if_instance_deleted',
  },
  {
    ...child('instance_group_member', 'server group membership'),
    marked: 'kept',
    source: 'nova/db/main/api.py, archive',
  },
  {
    ...child('instance_mappings', 'mapping to the cell'),
    marked: 'kept',
    source: 'nova/db/main/api.py, archive',
  },
];

export function tablesOf(database: 'api' | 'cell'): readonly InstanceTable[] {
  return database === 'api' ? apiTables : cellTables;
}
