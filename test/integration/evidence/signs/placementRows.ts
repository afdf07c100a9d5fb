import { aUuid, type Field } from './field';

/** Each sign of Placement's database, and beside it what looks like it and is in order. */
export function sowPlacementRows(field: Field): void {
  consumers(field);
  allocations(field);
  providers(field);
}

function consumers(field: Field): void {
  const [deleted, nobody] = [field.aDeletedOne(), aUuid()];
  field.show('allocation-of-none', 'of a deleted instance', deleted, allocate(deleted, 'compute-01'));
  field.show('allocation-of-none', 'of nothing that a cell knows', nobody, allocate(nobody, 'compute-01'));
  for (const [status, deletedMark, shows] of [
    ['migrating', 0, false],
    ['finished', 0, false],
    ['error', 0, true],
    ['migrating', 7, true],
  ] as const) {
    const consumer = aUuid();
    const story = `of a migration ${status}, deleted = ${deletedMark}`;
    const instance = field.aLiveOne();
    const row = `INSERT INTO migrations (uuid, instance_uuid, status, deleted, created_at)
      VALUES ('${consumer}', '${instance}', '${status}', ${deletedMark}, UTC_TIMESTAMP())`;
    const sql = [row, allocate(consumer, 'compute-01')];
    if (shows) field.show('allocation-of-none', story, consumer, ...sql);
    else field.hide('allocation-of-none', story, consumer, ...sql);
  }
  const [empty, holding] = [aUuid(), field.aLiveOne()];
  field.show('empty-consumer', 'without allocations', empty, consumer(empty));
  field.hide('empty-consumer', 'with allocations', holding);
  field.hide('allocation-of-none', 'of a live instance', holding);
}

function allocations(field: Field): void {
  const [both, nested, shared] = [field.aLiveOne(), field.aLiveOne(), field.aLiveOne()];
  field.show(
    'allocations-on-two',
    'two nodes',
    both,
    allocate(both, 'compute-01'),
    allocate(both, 'compute-02'),
  );
  field.hide('allocations-on-two', 'a node and a device of it', nested, ...onDevice(nested));
  field.hide('allocations-on-two', 'a node and a pool of shared storage', shared, ...onPool(field, shared));

  const [bare, homeless] = [field.aLiveOne(), field.aLiveOne()];
  const release = (uuid: string): string => `DELETE FROM placement.allocations WHERE consumer_id = '${uuid}'`;
  field.show('no-allocation', 'on a host', bare, release(bare));
  field.hide(
    'no-allocation',
    'on no host',
    homeless,
    release(homeless),
    `UPDATE instances SET host = NULL, node = NULL WHERE uuid = '${homeless}'`,
  );
  field.hide('no-allocation', 'with an allocation', nested);
}

function providers(field: Field): void {
  const sign = 'provider-mismatch';
  const [old, node] = [aUuid(), aUuid()];
  field.show(
    sign,
    'has the name of a node, and another uuid',
    old,
    provider('compute-77', old),
    computeNode('compute-77', node),
  );
  const [unknown, guest] = [aUuid(), field.aLiveOne()];
  field.show(
    sign,
    'has live instances, and is no node',
    unknown,
    provider('renamed-since', unknown),
    allocate(guest, 'renamed-since'),
  );
  const [foreign, fits] = [aUuid(), aUuid()];
  field.hide(sign, 'of another service', foreign, provider('reservable-99', foreign));
  field.hide(sign, 'is the node', fits, provider('compute-78', fits), computeNode('compute-78', fits));
}

function onDevice(uuid: string): string[] {
  return [
    `INSERT INTO placement.resource_providers (uuid, name, generation, root_provider_id, parent_provider_id)
      SELECT UUID(), '${uuid}_pci', 1, p.id, p.id FROM placement.resource_providers p
        JOIN placement.allocations a ON a.resource_provider_id = p.id WHERE a.consumer_id = '${uuid}' LIMIT 1`,
    allocate(uuid, `${uuid}_pci`),
  ];
}

function onPool(field: Field, uuid: string): string[] {
  const pool = aUuid();
  field.hide('provider-mismatch', 'a pool of shared storage', pool);
  return [
    provider('shared-pool', pool),
    "INSERT INTO placement.traits (name) VALUES ('MISC_SHARES_VIA_AGGREGATE')",
    `INSERT INTO placement.resource_provider_traits (trait_id, resource_provider_id)
      SELECT t.id, p.id FROM placement.traits t, placement.resource_providers p
      WHERE t.name = 'MISC_SHARES_VIA_AGGREGATE' AND p.uuid = '${pool}'`,
    allocate(uuid, 'shared-pool'),
  ];
}

function consumer(uuid: string): string {
  return `INSERT INTO placement.consumers (uuid, project_id, user_id, generation) VALUES ('${uuid}', 1, 1, 1)`;
}

function allocate(uuid: string, name: string): string {
  return `INSERT INTO placement.allocations (resource_provider_id, consumer_id, resource_class_id, used)
    SELECT id, '${uuid}', 1, 1 FROM placement.resource_providers WHERE name = '${name}'`;
}

function provider(name: string, uuid: string): string {
  return `INSERT INTO placement.resource_providers (uuid, name, generation) VALUES ('${uuid}', '${name}', 1);
    UPDATE placement.resource_providers SET root_provider_id = id WHERE uuid = '${uuid}'`;
}

function computeNode(name: string, uuid: string): string {
  return `INSERT INTO compute_nodes (vcpus, memory_mb, local_gb, vcpus_used, memory_mb_used, local_gb_used,
      hypervisor_type, hypervisor_version, cpu_info, host, hypervisor_hostname, uuid, deleted)
    VALUES (1, 1, 1, 0, 0, 0, 'QEMU', 1, '', '${name}', '${name}', '${uuid}', 0)`;
}
