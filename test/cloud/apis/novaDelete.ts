import type { Database } from '../database/mariadb';
import { instancesPath } from '../hosts/domains';
import type { Hosts } from '../hosts/hosts';
import { hosts as hostFacts } from '../population/world';
import type { Cinder } from './cinder';
import type { Neutron } from './neutron';
import type { ServerRow } from './novaRows';
import type { Placement } from './placement';
import { quoted } from './rows';

/** What a delete of Nova reaches beside its own rows. */
export interface Surroundings {
  readonly hosts: Pick<Hosts, 'find'>;
  readonly neutron: Neutron;
  readonly cinder: Cinder;
  readonly placement: Placement;
}

/**
 * What nova-compute does once it is told to delete (nova/compute/manager.py, _delete_instance, Zed): the guest, its
 * files, ports, attachments, the rows, the allocations. Where the host does not answer, nova-api does the part that is
 * no host's (nova/compute/api.py, _local_delete): the guest and its files stay.
 */
export async function deleteServer(
  database: Database,
  { hosts, neutron, cinder, placement }: Surroundings,
  row: ServerRow,
): Promise<void> {
  const uuid = row.values.uuid ?? '';
  const host = hostFacts.find(({ name }) => name === row.values.host);
  const cleaned = host?.state === 'up';
  if (cleaned) await removeGuest(hosts, host.name, uuid);
  neutron.removePortsOf(uuid);
  cinder.removeAttachmentsOf(uuid);
  await database.sql(
    `UPDATE instance_mappings SET queued_for_delete = 1 WHERE instance_uuid = ${quoted(uuid)}`,
    'nova_api',
  );
  await placement.forget(uuid);
  // Last, unlike in Nova: who sees that the server is gone finds nothing half done.
  await database.sql(softDelete(uuid, cleaned), row.database);
}

async function removeGuest(hosts: Surroundings['hosts'], host: string, uuid: string): Promise<void> {
  const virsh = 'virsh -q -c qemu:///system';
  await hosts
    .find(host)
    ?.run(
      `${virsh} destroy ${uuid}; ${virsh} undefine --managed-save --nvram ${uuid}; rm -rf ${instancesPath}/${uuid}`,
    );
}

const soft = [
  ...['security_group_instance_association', 'instance_info_caches', 'instance_metadata', 'instance_faults'],
  ...[
    'instance_extra',
    'instance_system_metadata',
    'block_device_mapping',
    'migrations',
    'virtual_interfaces',
  ],
];

/** nova/db/main/api.py, instance_destroy, Zed: in its order. */
function softDelete(uuid: string, cleaned: boolean): string {
  const of = quoted(uuid);
  const mark = 'deleted = id, deleted_at = UTC_TIMESTAMP()';
  return [
    `UPDATE instances SET vm_state = 'deleted', task_state = NULL, power_state = 0, terminated_at = UTC_TIMESTAMP(),
       updated_at = UTC_TIMESTAMP(), cleaned = ${Number(cleaned)}, ${mark} WHERE uuid = ${of} AND deleted = 0`,
    ...soft.map((table) => `UPDATE ${table} SET ${mark} WHERE instance_uuid = ${of} AND deleted = 0`),
    `UPDATE instance_id_mappings SET ${mark} WHERE uuid = ${of} AND deleted = 0`,
    `DELETE FROM tags WHERE resource_id = ${of}`,
    `DELETE FROM console_auth_tokens WHERE instance_uuid = ${of}`,
  ].join(';\n');
}
