import type { ScanReport } from '../../../src/app/api';
import type { Suspect } from '../../../src/model/suspect';

/** A UUID that ends in the number. */
export function uuid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** A stuck-deleting suspect on compute-01, but for what the test says. */
export function suspect(changes: Partial<Suspect> = {}): Suspect {
  return {
    uuid: uuid(1),
    subject: 'instance',
    name: 'web-01',
    kind: 'stuck-deleting',
    verdict: 'confirmed',
    why: 'a delete was asked 14 days ago',
    evidence: [],
    cleared: [],
    missing: [],
    ladder: [],
    remedy: {
      wanted: true,
      depth: 'mark-deleted',
      depths: ['mark-deleted'],
      domains: [],
      directories: [],
      manual: [],
    },
    host: 'compute-01',
    since: '2026-11-09T10:00:00Z',
    projectId: '7e3a',
    addresses: ['172.20.69.7'],
    bytes: 0,
    also: [],
    ...changes,
  };
}

export function hostSummary(name: string): ScanReport['hosts'][number] {
  const source = {
    id: `host:${name}`,
    kind: 'host',
    name,
    complete: true,
    readAt: '2026-11-23T10:00:00Z',
  } as const;
  return {
    name,
    cells: [],
    source,
    listed: true,
    domains: 3,
    directories: 3,
    expectedDomains: 3,
    missingDomains: 0,
  };
}

export function scanReport(
  suspects: readonly Suspect[],
  hosts: readonly string[] = ['compute-01'],
): ScanReport {
  return {
    cloud: 'demo',
    startedAt: '2026-11-23T10:00:00Z',
    finishedAt: '2026-11-23T10:00:05Z',
    sources: [],
    hosts: hosts.map(hostSummary),
    suspects,
    backlog: [],
    instances: 60,
  };
}
