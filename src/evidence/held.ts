import type { Connection } from '../cloud/database/connection';
import type { PciDevice } from '../model/facts';
import type { Schema } from '../model/schema';
import type { Named } from './named';
import { hasColumn, inList } from './sql';
import { integerOf, textOf, uuidOf } from './values';

/** Devices that are there and name one of the instances: a removed one has a soft-deleted row, and holds nothing. */
export async function readPciDevices(
  connection: Connection,
  cell: string,
  schema: Schema,
  uuids: readonly string[],
  signal?: AbortSignal,
): Promise<Named<PciDevice>[]> {
  const nodes = schema.tables.get('compute_nodes');
  if (!hasColumn(schema.tables.get('pci_devices'), 'instance_uuid') || !hasColumn(nodes, 'host')) {
    return [];
  }
  const sql = `SELECT p.instance_uuid, p.id, p.address, p.status, n.host
    FROM pci_devices p LEFT JOIN compute_nodes n ON n.id = p.compute_node_id AND n.deleted = 0
    WHERE p.deleted = 0 AND p.instance_uuid IN ${inList(uuids)} ORDER BY p.id`;
  return (await connection.query(sql, uuids, signal)).map((row) => ({
    uuid: uuidOf(row.instance_uuid),
    fact: {
      cell,
      id: integerOf(row.id),
      address: String(row.address),
      status: String(row.status),
      host: textOf(row.host),
    },
  }));
}

/** `console_auth_tokens.expires` of the newest token of each, seconds since the epoch. */
export async function readTokens(
  connection: Connection,
  schema: Schema,
  uuids: readonly string[],
  signal?: AbortSignal,
): Promise<Named<number>[]> {
  if (!hasColumn(schema.tables.get('console_auth_tokens'), 'instance_uuid')) {
    return [];
  }
  const sql = `SELECT instance_uuid, MAX(expires) AS expires FROM console_auth_tokens
    WHERE instance_uuid IN ${inList(uuids)} GROUP BY instance_uuid`;
  const rows = await connection.query(sql, uuids, signal);
  return rows.map((row) => ({ uuid: uuidOf(row.instance_uuid), fact: integerOf(row.expires) }));
}
