import { aUuid, type Field } from './field';

/** Each sign of one cell, in cell1, and beside it what looks like it and is in order. */
export function sowCellRows(field: Field): void {
  deletedRows(field);
  liveRows(field);
  held(field);
  computes(field);
}

function deletedRows(field: Field): void {
  const sign = 'live-rows-of-deleted';
  const [half, whole] = [field.aDeletedOne(), field.aDeletedOne()];
  field.show(sign, 'metadata that was not marked', half, unmark('instance_metadata', 'instance_uuid', half));
  const ec2 = field.aDeletedOne();
  field.show(sign, 'an EC2 id that was not marked', ec2, unmark('instance_id_mappings', 'uuid', ec2));
  field.hide(sign, 'actions, which Nova does not mark', whole);
  field.hide(sign, 'a live instance', field.aLiveOne());

  const [byHand, undated] = [field.aDeletedOne(), field.aDeletedOne()];
  field.show(
    'deleted-by-hand',
    'deleted = 1',
    byHand,
    `UPDATE instances SET deleted = 1 WHERE uuid = '${byHand}'`,
  );
  field.show(
    'deleted-by-hand',
    'no deleted_at',
    undated,
    `UPDATE instances SET deleted_at = NULL WHERE uuid = '${undated}'`,
  );
  field.hide('deleted-by-hand', 'deleted by Nova', whole);

  for (const [table, more] of [
    ['fixed_ips', { address: "'10.0.0.1'" }],
    ['consoles', {}],
  ] as const) {
    const [gone, live] = [field.aDeletedOne(), field.aLiveOne()];
    if (!field.has(`nova_cell1.${table}`)) continue;
    field.show(
      'legacy-rows',
      table,
      gone,
      insert(table, { instance_uuid: text(gone), deleted: '5', ...more }),
    );
    field.hide(
      'legacy-rows',
      `${table} of a live one`,
      live,
      insert(table, { instance_uuid: text(live), deleted: '0' }),
    );
  }

  if (field.has('nova_cell1.share_mapping')) {
    const [gone, live] = [field.aDeletedOne(), field.aLiveOne()];
    field.show(
      'share-of-deleted',
      'an attached share',
      gone,
      insert('share_mapping', { instance_uuid: text(gone) }),
    );
    field.hide(
      'share-of-deleted',
      'of a live one',
      live,
      insert('share_mapping', { instance_uuid: text(live) }),
    );
  }
}

function liveRows(field: Field): void {
  for (const table of ['instance_extra', 'instance_info_caches']) {
    const uuid = field.aLiveOne();
    field.show('torn', `without ${table}`, uuid, `DELETE FROM ${table} WHERE instance_uuid = '${uuid}'`);
  }
  const marked = field.aLiveOne();
  const mark = `UPDATE instance_extra SET deleted = id WHERE instance_uuid = '${marked}'`;
  field.hide('torn', 'a marked row, which Nova reads all the same', marked, mark);

  for (const [story, info] of [
    ['[]', "'[]'"],
    ['an empty text', "''"],
    ['NULL', 'NULL'],
  ] as const) {
    const uuid = field.aLiveOne();
    const sql = `UPDATE instance_info_caches SET network_info = ${info} WHERE instance_uuid = '${uuid}'`;
    field.show('empty-network-info', story, uuid, sql);
  }
  field.hide('empty-network-info', 'a port', marked);
  field.hide('empty-network-info', 'a deleted one, which has none', field.aDeletedOne());
}

function held(field: Field): void {
  const [gone, live, done] = [field.aDeletedOne(), field.aLiveOne(), field.aDeletedOne()];
  field.show('pci-device-held', 'allocated', gone, device('0000:81:00.1', gone, 'allocated'));
  field.hide('pci-device-held', 'of a live one', live, device('0000:81:00.2', live, 'allocated'));
  field.hide('pci-device-held', 'a removed device', done, device('0000:81:00.3', done, 'allocated', 9));

  for (const [story, status, hours, shows] of [
    ['migrating for two days', 'migrating', 48, true],
    ['migrating for an hour', 'migrating', 1, false],
    ['a resize that waits for its owner', 'finished', 48, false],
    ['failed long ago', 'error', 48, false],
  ] as const) {
    const uuid = field.aLiveOne();
    const sql = insert('migrations', {
      instance_uuid: text(uuid),
      uuid: text(aUuid()),
      status: text(status),
      deleted: '0',
      created_at: 'UTC_TIMESTAMP() - INTERVAL 9 DAY',
      updated_at: `UTC_TIMESTAMP() - INTERVAL ${hours} HOUR`,
    });
    if (shows) field.show('migration-in-progress', story, uuid, sql);
    else field.hide('migration-in-progress', story, uuid, sql);
  }

  const [old, renewed] = [field.aLiveOne(), field.aLiveOne()];
  field.show('expired-token', 'a token of three days ago', old, token(old, -3));
  field.hide(
    'expired-token',
    'one of three days ago, and one that is valid',
    renewed,
    token(renewed, -3),
    token(renewed, 1),
  );
}

function computes(field: Field): void {
  const sign = 'stray-compute-record';
  const [alone, nodeless, renamed, moved] = [aUuid(), aUuid(), aUuid(), aUuid()];
  field.show(sign, 'a service without a node', nodeless, service('new-01', nodeless));
  field.show(sign, 'a node without a service', alone, node('old-01', 'old-01', alone));
  field.show(
    sign,
    'a node that another host has too',
    renamed,
    node('renamed-01', 'compute-02', renamed),
    service('renamed-01', aUuid()),
  );
  field.show(
    sign,
    'a service that another cell has too',
    moved,
    service('compute-03', moved),
    node('compute-03', 'another-03', aUuid()),
  );
  const [healthyService, healthyNode, goneService] = [aUuid(), aUuid(), aUuid()];
  field.hide(
    sign,
    'a service with its node',
    healthyService,
    service('good-01', healthyService),
    node('good-01', 'good-01', healthyNode),
  );
  field.hide(sign, 'a node with its service', healthyNode);
  field.hide(sign, 'a service that was deleted', goneService, service('gone-01', goneService, 'id'));
}

function unmark(table: string, column: string, uuid: string): string {
  return `UPDATE ${table} SET deleted = 0, deleted_at = NULL WHERE ${column} = '${uuid}'`;
}

function text(value: string): string {
  return `'${value}'`;
}

/** @param values by column, as SQL */
function insert(table: string, values: Readonly<Record<string, string>>): string {
  const columns = Object.keys(values).map((column) => `\`${column}\``);
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${Object.values(values).join(', ')})`;
}

function device(address: string, uuid: string, status: string, deleted = 0): string {
  return `INSERT INTO pci_devices (compute_node_id, address, product_id, vendor_id, dev_type, label, status, instance_uuid, deleted)
    SELECT id, '${address}', '10fb', '8086', 'type-VF', 'label', '${status}', '${uuid}', ${deleted}
    FROM compute_nodes WHERE host = 'compute-01'`;
}

function token(uuid: string, days: number): string {
  return `INSERT INTO console_auth_tokens (token_hash, console_type, host, port, instance_uuid, expires)
    VALUES (UUID(), 'novnc', 'compute-01', 5900, '${uuid}', UNIX_TIMESTAMP() + ${days * 86_400})`;
}

function service(host: string, uuid: string, deleted = '0'): string {
  return insert('services', {
    host: text(host),
    binary: text('nova-compute'),
    topic: text('compute'),
    report_count: '1',
    deleted: deleted === 'id' ? '77' : deleted,
    uuid: text(uuid),
    disabled: '0',
  });
}

function node(host: string, name: string, uuid: string): string {
  return `INSERT INTO compute_nodes (vcpus, memory_mb, local_gb, vcpus_used, memory_mb_used, local_gb_used,
      hypervisor_type, hypervisor_version, cpu_info, host, hypervisor_hostname, uuid, deleted)
    VALUES (1, 1, 1, 0, 0, 0, 'QEMU', 1, '', '${host}', '${name}', '${uuid}', 0)`;
}
