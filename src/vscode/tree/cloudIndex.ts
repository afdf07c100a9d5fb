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
  const changed = new Set(
    [...after.places.keys()].filter(
      (place) => !looksSame(before.places.get(place) ?? [], after.places.get(place) ?? []),
    ),
  );
  for (const [name, host] of after.hosts) {
    const place = hostPlace(name);
    if (hostSignature(before.hosts.get(name)) !== hostSignature(host)) {
      changed.add(place);
    }
  }
  return [...changed];
}

function sameKeys(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): boolean {
  return one.size === other.size && [...one.keys()].every((key) => other.has(key));
}

function looksSame(before: readonly Suspect[], after: readonly Suspect[]): boolean {
  return before.length === after.length && before.every((one, index) => isShownAs(one, after[index]));
}

/** What a line shows; a look at one host leaves the suspects of all others the same objects. */
function isShownAs(one: Suspect, other: Suspect | undefined): boolean {
  if (one === other) return true;
  return (
    one.uuid === other?.uuid &&
    one.verdict === other.verdict &&
    one.kind === other.kind &&
    one.name === other.name &&
    one.since === other.since &&
    one.bytes === other.bytes &&
    one.sighting?.count === other.sighting?.count
  );
}

function hostSignature(host: HostSummary | undefined): string {
  if (!host) {
    return '';
  }
  const { source, listed, domains, expectedDomains, missingDomains, aheadMs } = host;
  const { complete, gap } = source;
  return JSON.stringify([complete, gap, listed, domains, expectedDomains, missingDomains, aheadMs]);
}
