import type { Connection } from '../cloud/database/connection';
import type { Allocation } from '../model/facts';
import type { HostReport } from './hostReport';
import type { Named } from './cellDossiers';
import { inList } from './sql';
import { uuidOf } from './values';

/**
 * The resource providers on which the instances have allocations, one for each machine: what is allocated on a
 * nested provider (a PCI device, a NUMA node) counts for its root, which is the compute node.
 *
 * @param hosts by their nodes a provider is traced to the host's name in Nova, where there is one
 */
export async function readAllocations(
  connection: Connection,
  hosts: readonly HostReport[],
  uuids: readonly string[],
  signal?: AbortSignal,
): Promise<Named<Allocation>[]> {
  const sql = `SELECT DISTINCT a.consumer_id AS consumer, COALESCE(root.uuid, rp.uuid) AS uuid,
      COALESCE(root.name, rp.name) AS name
    FROM allocations a JOIN resource_providers rp ON rp.id = a.resource_provider_id
      LEFT JOIN resource_providers root ON root.id = rp.root_provider_id
    WHERE a.consumer_id IN ${inList(uuids)}`;
  const hostByNode = hostsByNode(hosts);
  return (await connection.query(sql, uuids, signal)).map((row) => {
    const providerUuid = String(row.uuid);
    const name = String(row.name);
    const provider = hostByNode.get(providerUuid) ?? hostByNode.get(name) ?? name;
    return { uuid: uuidOf(row.consumer), fact: { providerUuid, provider } };
  });
}

/** compute_nodes.uuid is the provider's uuid, and hypervisor_hostname its name (nova/compute/resource_tracker.py). */
export function hostsByNode(hosts: readonly HostReport[]): ReadonlyMap<string, string> {
  return new Map(
    hosts.flatMap(({ host, nodes }) =>
      nodes.flatMap(({ uuid, hypervisorHostname }): [string, string][] => [
        ...(uuid === null ? [] : [[uuid, host] as [string, string]]),
        [hypervisorHostname, host],
      ]),
    ),
  );
}
