import { aUuid, type Field } from './field';

/** Each sign of the API database against the cells, and beside it what looks like it and is in order. */
export function sowApiRows(field: Field): void {
  const [lost, scheduled] = [aUuid(), aUuid()];
  field.show('mapping-without-cell', 'for two days', lost, mapping(lost, 48));
  field.hide('mapping-without-cell', 'for a minute: it is being scheduled', scheduled, mapping(scheduled, 0));
  field.hide('mapping-without-cell', 'mapped', field.aLiveOne());

  const [unmapped, fresh] = [field.aLiveOne(), field.aLiveOne()];
  field.show('without-mapping', 'a live row', unmapped, unmap(unmapped));
  field.hide(
    'without-mapping',
    'a row that was made after the API database was read',
    fresh,
    unmap(fresh),
    `UPDATE instances SET created_at = UTC_TIMESTAMP() WHERE uuid = '${fresh}'`,
  );
  const goneUnmapped = field.aDeletedOne();
  field.hide('without-mapping', 'a deleted row', goneUnmapped, unmap(goneUnmapped));

  const [unqueued, neverQueued, live] = [field.aDeletedOne(), field.aDeletedOne(), field.aLiveOne()];
  field.show('mapping-not-queued', 'not queued', unqueued, queue(unqueued, '0'));
  field.show('mapping-not-queued', 'not known to be queued', neverQueued, queue(neverQueued, 'NULL'));
  field.hide('mapping-not-queued', 'queued', field.aDeletedOne());
  field.hide('mapping-not-queued', 'live', live);
  field.hide('mapping-not-queued', 'of no row at all', lost);

  const [stuck, young] = [aUuid(), aUuid()];
  field.show('build-request', 'for two days', stuck, buildRequest(stuck, 48));
  field.hide('build-request', 'for a minute', young, buildRequest(young, 0));
}

function mapping(uuid: string, hours: number): string {
  return `INSERT INTO nova_api.instance_mappings (instance_uuid, project_id, queued_for_delete, created_at)
    VALUES ('${uuid}', 'p', 0, UTC_TIMESTAMP() - INTERVAL ${hours} HOUR)`;
}

function unmap(uuid: string): string {
  return `DELETE FROM nova_api.instance_mappings WHERE instance_uuid = '${uuid}'`;
}

function queue(uuid: string, queued: string): string {
  return `UPDATE nova_api.instance_mappings SET queued_for_delete = ${queued} WHERE instance_uuid = '${uuid}'`;
}

function buildRequest(uuid: string, hours: number): string {
  return `INSERT INTO nova_api.build_requests (instance_uuid, project_id, created_at)
    VALUES ('${uuid}', 'p', UTC_TIMESTAMP() - INTERVAL ${hours} HOUR)`;
}
