import type { HostSummary, ScanReport } from '../../app/api';
import { familyOf } from '../../model/kindFamily';
import type { Suspect, Verdict } from '../../model/suspect';

/** Where a suspect stands in the tree of its cloud: `host/<name>`, or the group of its kind's family. */
export type Place = string;

/** What the tree shows of one scan. */
export interface CloudIndex {
  /** by name; a host that only a suspect names has no summary */
  readonly hosts: ReadonlyMap<string, HostSummary | undefined>;
  readonly places: ReadonlyMap<Place, readonly Suspect[]>;
  readonly suspects: ReadonlyMap<string, Suspect>;
}

export function hostPlace(host: string): Place {
  return `host/${host}`;
}

/** unknown and legitimate suspects are shown or explained, never drafted. */
export function isDraftable({ verdict }: { readonly verdict: Verdict }): boolean {
  return verdict === 'confirmed' || verdict === 'suspected';
}

/** Sorts a scan's suspects into the places of the tree. Legitimate ones have none: only a look-up explains them. */
export function indexScan(report: ScanReport, matches: (suspect: Suspect) => boolean): CloudIndex {
  const hosts = new Map<string, HostSummary | undefined>(report.hosts.map((host) => [host.name, host]));
  const places = new Map<Place, Suspect[]>();
  const suspects = new Map<string, Suspect>();
  for (const suspect of report.suspects) {
    if (suspect.verdict === 'legitimate' || !matches(suspect)) {
      continue;
    }
    suspects.set(suspect.uuid, suspect);
    const place = placeOf(suspect);
    const there = places.get(place);
    if (there) {
      there.push(suspect);
    } else {
      places.set(place, [suspect]);
    }
    if (suspect.host !== undefined && !hosts.has(suspect.host)) {
      hosts.set(suspect.host, undefined);
    }
  }
  return { hosts, places, suspects };
}

export function placeOf({ host, kind }: Suspect): Place {
  if (host !== undefined) {
    return hostPlace(host);
  }
  return familyOf(kind);
}

/** The places that look different now; undefined when the cloud has other places, or hosts, than before. */
export function changedPlaces(before: CloudIndex, after: CloudIndex): Place[] | undefined {
  if (!sameKeys(before.places, after.places) || !sameKeys(before.hosts, after.hosts)) {
    return undefined;
  }
  const changed = [...after.places.keys()].filter(
    (place) => signature(before.places.get(place)) !== signature(after.places.get(place)),
  );
  for (const [name, host] of after.hosts) {
    const place = hostPlace(name);
    if (!changed.includes(place) && hostSignature(before.hosts.get(name)) !== hostSignature(host)) {
      changed.push(place);
    }
  }
  return changed;
}

function sameKeys(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): boolean {
  return one.size === other.size && [...one.keys()].every((key) => other.has(key));
}

function signature(suspects: readonly Suspect[] = []): string {
  return suspects
    .map(({ uuid, verdict, kind, name, since, bytes, sighting }) =>
      [uuid, verdict, kind, name, since ?? '', bytes, sighting?.count ?? 0].join('\u0000'),
    )
    .join('\n');
}

function hostSignature(host: HostSummary | undefined): string {
  if (!host) {
    return '';
  }
  const { source, listed, domains, expectedDomains, missingDomains, aheadMs } = host;
  const { complete, gap } = source;
  return JSON.stringify([complete, gap, listed, domains, expectedDomains, missingDomains, aheadMs]);
}
