import type { Allocation, Consumer, ResourceProvider } from '../../model/facts';
import type { Named } from '../named';
import type { HostReport } from '../hostReport';

/** What Placement has of some UUIDs. */
export interface PlacementFindings {
  readonly allocations: readonly Named<Allocation>[];
  readonly consumers: ReadonlyMap<string, Consumer>;
  readonly providers: ReadonlyMap<string, Omit<ResourceProvider, 'namesakes'>>;
}

export const nothingOfPlacement: PlacementFindings = {
  allocations: [],
  consumers: new Map(),
  providers: new Map(),
};

/** Placement in the second look, by its database or by its API. */
export interface PlacementInquiry {
  /** @param isLive a cell that answered has a live row of it */
  read(uuids: readonly string[], isLive: (uuid: string) => boolean): Promise<PlacementFindings>;
}

/**
 * A provider as the host that it belongs to, or else by its own name: compute_nodes.uuid is the provider's uuid, and
 * hypervisor_hostname its name (nova/compute/resource_tracker.py).
 */
export function hostsOfProviders(hosts: readonly HostReport[]): (uuid: string, name: string) => string {
  const hostByNode = new Map(
    hosts.flatMap(({ host, nodes }) =>
      nodes.flatMap(({ uuid, hypervisorHostname }): [string, string][] => [
        ...(uuid === null ? [] : [[uuid, host] as [string, string]]),
        [hypervisorHostname, host],
      ]),
    ),
  );
  return (uuid, name) => hostByNode.get(uuid) ?? hostByNode.get(name) ?? name;
}
