import type { Kept, LookUpReport, ScanProgress, ScanReport } from '../../app/api';
import type { CloudConfiguration } from '../../app/configurations';
import type { Filter } from '../../app/filter';
import type { Source } from '../../model/source';
import type { Suspect } from '../../model/suspect';
import { indexScan, isDraftable, placeOf, type CloudIndex, type Place } from './cloudIndex';
import type { TreeElement } from './element';

const pageSize = 200;

/** What the tree knows of one cloud, and what the operator did to it in the tree. */
export class CloudBranch {
  report: ScanReport | undefined;
  index: CloudIndex | undefined;
  lookUp: LookUpReport | undefined;
  kept: readonly Kept[] = [];
  scanning: AbortController | undefined;
  /** of the scan that is running */
  private progress: ScanProgress | undefined;
  private readonly heard = new Map<string, Source>();
  private readonly elements = new Map<string, TreeElement>();
  private readonly ticks = new Set<string>();
  private readonly open = new Set<string>();
  private readonly limits = new Map<Place, number>();
  private readonly sorted = new WeakMap<readonly Suspect[], readonly Suspect[]>();

  constructor(
    public configuration: CloudConfiguration,
    /** The filter of the view, which all clouds share. */
    readonly filter: () => Filter | undefined,
  ) {}

  get name(): string {
    return this.configuration.name;
  }

  /** Takes in what is known now; ticks of suspects that are gone, or may not be drafted any more, are dropped. */
  update(report: ScanReport | undefined, kept: readonly Kept[], now: Date): void {
    const filter = this.filter();
    this.report = report;
    this.kept = kept;
    this.index = report && indexScan(report, (suspect) => filter?.matches(suspect, now) ?? true);
    if (this.ticks.size === 0) return;
    const draftable = new Set(report?.suspects.filter(isDraftable).map(({ uuid }) => uuid));
    for (const uuid of this.ticks) {
      if (!draftable.has(uuid) && !isDraftable(this.lookedUp(uuid) ?? { verdict: 'unknown' })) {
        this.ticks.delete(uuid);
      }
    }
  }

  /** Undefined: no scan is running. */
  setScanning(scanning: AbortController | undefined): void {
    this.scanning = scanning;
    this.progress = undefined;
    this.heard.clear();
  }

  /** Takes in that the scan has read one more source. */
  take(progress: ScanProgress): void {
    this.progress = progress;
    this.heard.set(progress.source.id, progress.source);
  }

  /** How many sources the scan that is running has read, and of how many; undefined before the first. */
  get readSoFar(): Pick<ScanProgress, 'read' | 'known'> | undefined {
    return this.progress;
  }

  /** Sources that did not answer: to the last scan, or to the one that is running where that has come so far. */
  get gaps(): readonly Source[] {
    const before = this.report?.sources.filter(({ id }) => !this.heard.has(id)) ?? [];
    return [...before, ...this.heard.values()].filter(({ complete }) => !complete);
  }

  /** The element of this id, made once. */
  keep<T extends TreeElement>(id: string, make: () => T): T {
    const known = this.elements.get(id);
    if (known) {
      return known as T;
    }
    const made = make();
    this.elements.set(id, made);
    return made;
  }

  element(id: string): TreeElement | undefined {
    return this.elements.get(id);
  }

  /** What the operator opened or closed, by the id of the element. */
  setOpen(id: string, open: boolean): void {
    if (open) {
      this.open.add(id);
    } else {
      this.open.delete(id);
    }
  }

  isOpen(id: string): boolean {
    return this.open.has(id);
  }

  suspect(uuid: string): Suspect | undefined {
    return this.index?.suspects.get(uuid) ?? this.lookedUp(uuid);
  }

  /** A source's name for people: of a cell its name in place of its UUID. */
  readonly sourceName = (id: string): string => {
    const sources = this.report?.sources ?? this.lookUp?.sources ?? [];
    return sources.find((source) => source.id === id)?.name ?? id;
  };

  /** Suspects of the last scan or look-up, whether the filter shows them or not. */
  suspectsOf(uuids: readonly string[]): Suspect[] {
    const wanted = new Set(uuids);
    const known = [
      ...(this.report?.suspects ?? []),
      ...(this.lookUp?.found.flatMap(({ suspect }) => suspect ?? []) ?? []),
    ];
    const found = known.filter(({ uuid }) => wanted.has(uuid));
    return [...new Map(found.map((suspect) => [suspect.uuid, suspect])).values()];
  }

  /** The page of a place that is shown: confirmed ones first, then the oldest. */
  page(place: Place): { shown: readonly Suspect[]; more: number } {
    const all = this.inOrder(this.index?.places.get(place) ?? []);
    const limit = this.limits.get(place) ?? pageSize;
    return { shown: all.slice(0, limit), more: Math.max(0, all.length - limit) };
  }

  showMore(place: Place): void {
    this.limits.set(place, (this.limits.get(place) ?? pageSize) + pageSize);
  }

  /** UUIDs of a place's suspects that a plan may hold, shown on this page or not. */
  draftable(place: Place): string[] {
    return (this.index?.places.get(place) ?? []).filter(isDraftable).map(({ uuid }) => uuid);
  }

  get suspectCount(): number {
    return this.report?.suspects.filter(isDraftable).length ?? 0;
  }

  get ticked(): readonly string[] {
    return [...this.ticks];
  }

  isTicked(uuid: string): boolean {
    return this.ticks.has(uuid);
  }

  /** Ticks or unticks, and returns the places where a suspect stands whose tick changed. */
  tick(uuids: readonly string[], on: boolean): Place[] {
    const places = new Set<Place>();
    for (const uuid of uuids) {
      const suspect = this.suspect(uuid);
      if (!suspect || !isDraftable(suspect) || this.ticks.has(uuid) === on) {
        continue;
      }
      if (on) {
        this.ticks.add(uuid);
      } else {
        this.ticks.delete(uuid);
      }
      places.add(placeOf(suspect));
    }
    return [...places];
  }

  private lookedUp(uuid: string): Suspect | undefined {
    return this.lookUp?.found.find((found) => found.uuid === uuid)?.suspect;
  }

  private inOrder(suspects: readonly Suspect[]): readonly Suspect[] {
    const known = this.sorted.get(suspects);
    if (known) {
      return known;
    }
    const sorted = suspects.toSorted(
      (one, other) =>
        rank(one) - rank(other) ||
        compare(one.since ?? '', other.since ?? '') ||
        compare(one.uuid, other.uuid),
    );
    this.sorted.set(suspects, sorted);
    return sorted;
  }
}

function rank({ verdict }: Suspect): number {
  return ['confirmed', 'suspected', 'unknown', 'legitimate'].indexOf(verdict);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
