import type { Connection } from '../cloud/database/connection';
import type { ComputeRecord } from '../model/facts';
import type { Named } from './named';
import type { ComputeFacts, ComputeIndex } from './computeIndex';
import { inList } from './sql';
import { integerOf, textOf } from './values';

/** Those of the UUIDs that are a service's or a compute node's of this cell, with the instances that are on it. */
export async function readComputeRecords(
  connection: Connection,
  cell: string,
  computes: ComputeIndex,
  uuids: readonly string[],
  signal?: AbortSignal,
): Promise<Named<ComputeRecord>[]> {
  const found = uuids.flatMap((uuid): Named<ComputeFacts>[] => {
    const fact = computes.of(uuid);
    return fact?.cell === cell ? [{ uuid, fact }] : [];
  });
  if (found.length === 0) {
    return [];
  }
  const hosts = [...new Set(found.map(({ fact }) => fact.host))];
  const sql = `SELECT host, node, COUNT(*) AS n FROM instances WHERE deleted = 0 AND host IN ${inList(hosts)}
    GROUP BY host, node`;
  const counted = (await connection.query(sql, hosts, signal)).map((row) => ({
    host: textOf(row.host),
    node: textOf(row.node),
    rows: integerOf(row.n),
  }));
  return found.map(({ uuid, fact }) => {
    const on = counted.filter(
      ({ host, node }) => host === fact.host && (fact.node === undefined || node === fact.node),
    );
    return { uuid, fact: { ...fact, instances: on.reduce((sum, { rows }) => sum + rows, 0) } };
  });
}
