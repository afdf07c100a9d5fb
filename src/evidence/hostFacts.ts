import { turns } from '../model/turns';
import type { LiveRow } from '../model/facts';
import { isLibvirt } from '../model/hypervisor';
import type { HostFacts } from '../model/scene';
import type { Glimpses } from './glimpses';
import type { ListedHost } from './hostList';
import type { HostReport } from './hostReport';

/** States in which nova-compute keeps a domain defined: nova/compute/vm_states.py, nova/virt/libvirt/driver.py */
const statesWithDomain: ReadonlySet<string> = new Set([
  'active',
  'paused',
  'suspended',
  'stopped',
  'rescued',
  'resized',
]);

/** Every host with what the rows lead to expect of it. */
export async function hostFacts(
  hosts: readonly ListedHost[],
  reports: readonly HostReport[],
  glimpses: Glimpses,
): Promise<Map<string, HostFacts>> {
  const expected = new Map<string, number>();
  const missing = new Map<string, number>();
  for (const { liveRows, domains } of glimpses.byUuid.values()) {
    await turns.giveWay();
    for (const row of liveRows) {
      const host = hostOfDomain(row);
      if (host === undefined) {
        continue;
      }
      expected.set(host, (expected.get(host) ?? 0) + 1);
      if (domains.every((domain) => domain.host !== host)) {
        missing.set(host, (missing.get(host) ?? 0) + 1);
      }
    }
  }
  const listed = new Map(hosts.map((host) => [host.host, host]));
  const facts = reports.map((report) => factsOf(report, listed.get(report.host), expected, missing));
  return new Map(facts.map((fact) => [fact.name, fact]));
}

function factsOf(
  { host, source, domains, sharedStorage, nodes, aheadMs }: HostReport,
  listed: ListedHost | undefined,
  expected: ReadonlyMap<string, number>,
  missing: ReadonlyMap<string, number>,
): HostFacts {
  const told = source.complete && isLibvirt(listed?.hypervisorType);
  return {
    name: host,
    source,
    listed: listed?.listed ?? false,
    cells: listed?.cells ?? [],
    nodes: nodes.map(({ hypervisorHostname }) => hypervisorHostname),
    computeNodes: listed?.nodes ?? [],
    ...(listed?.hypervisorType ? { hypervisorType: listed.hypervisorType } : {}),
    ...(listed?.lastSeenUp ? { lastSeenUp: listed.lastSeenUp } : {}),
    ...(listed?.service ? { service: listed.service } : {}),
    expectedDomains: told ? (expected.get(host) ?? 0) : 0,
    missingDomains: told ? (missing.get(host) ?? 0) : 0,
    domains: domains.length,
    sharedStorage,
    ...(aheadMs === undefined ? {} : { aheadMs }),
  };
}

/** The host on which a domain of this row is due; undefined while Nova does something to it. */
function hostOfDomain({ host, vmState, taskState, hidden }: LiveRow): string | undefined {
  const due = vmState !== null && statesWithDomain.has(vmState) && taskState === null && !hidden;
  return due && host !== null ? host : undefined;
}
