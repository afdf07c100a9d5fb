import { turns } from '../../model/turns';
import type { Sign } from '../../model/sign';
import { isUuid } from '../../model/uuid';
import type { ComputeIndex } from '../computeIndex';
import type { Glimpses } from '../glimpses';

/** What the cells showed, against which Placement is read. */
export interface PlacementSearch {
  readonly wanted: ReadonlySet<Sign>;
  readonly glimpses: Glimpses;
  readonly computes: ComputeIndex;
  /** UUIDs of migrations that have not ended: consumers in the place of their instances */
  readonly moving: ReadonlySet<string>;
  /** every cell answered: what none of them has is not there */
  readonly everyCell: boolean;
}

/** A resource provider on top of its tree that shares nothing with others: it may stand for a compute node. */
export interface Root {
  readonly uuid: string;
  readonly name: string;
}

const aboutAllocations: readonly Sign[] = [
  'allocation-of-none',
  'allocations-on-two',
  'no-allocation',
  'provider-mismatch',
];

export function wantsAllocations({ wanted }: PlacementSearch): boolean {
  return aboutAllocations.some((sign) => wanted.has(sign));
}

/** Holds all allocations against the rows of the cells: each consumer once, then what they add up to. */
export class AllocationSigns {
  /** live instances that have an allocation */
  private readonly allocated = new Set<string>();
  /** UUIDs of roots on which live instances have something */
  private readonly used = new Set<string>();

  /** @param tellsSharing a pool of shared storage can be told from a compute node */
  constructor(
    private readonly search: PlacementSearch,
    private readonly tellsSharing: boolean,
  ) {}

  /** @param roots UUIDs of those on which, or below which, it holds something */
  consumer(uuid: string, roots: ReadonlySet<string>): void {
    const { everyCell, moving, glimpses } = this.search;
    if (glimpses.isLive(uuid)) {
      this.allocated.add(uuid);
      for (const root of roots) this.used.add(root);
    } else if (everyCell && !moving.has(uuid)) {
      this.found(uuid, 'allocation-of-none');
    }
    if (roots.size > 1 && this.tellsSharing) {
      this.found(uuid, 'allocations-on-two');
    }
  }

  /** After the last consumer. */
  async end(roots: Iterable<Root>): Promise<void> {
    await this.unallocated();
    this.mismatches(roots);
  }

  private async unallocated(): Promise<void> {
    for (const { uuid, liveRows } of this.search.glimpses.byUuid.values()) {
      await turns.giveWay();
      if (liveRows.some(({ host }) => host !== null) && !this.allocated.has(uuid)) {
        this.found(uuid, 'no-allocation');
      }
    }
  }

  /**
   * Other services have providers of their own. One is meant for a compute node when it has the name of one
   * (nova/scheduler/client/report.py, _ensure_resource_provider, Zed), or when live instances are on it.
   */
  private mismatches(roots: Iterable<Root>): void {
    const { everyCell, computes } = this.search;
    if (!everyCell || !this.tellsSharing) {
      return;
    }
    for (const root of roots) {
      const nodes = computes.nodesOf(root);
      const ours = nodes.length > 0 || this.used.has(root.uuid);
      // A node that has no uuid yet may be the one.
      const fits = nodes.some(({ uuid }) => uuid === root.uuid || uuid === null);
      if (ours && !fits) {
        this.found(root.uuid, 'provider-mismatch');
      }
    }
  }

  private found(uuid: string, sign: Sign): void {
    if (this.search.wanted.has(sign) && isUuid(uuid)) this.search.glimpses.sign(uuid, sign);
  }
}
