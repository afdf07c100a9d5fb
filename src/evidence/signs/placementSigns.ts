import type { Connection } from '../../cloud/database/connection';
import type { Schema } from '../../model/schema';
import type { Sign } from '../../model/sign';
import { isUuid } from '../../model/uuid';
import type { ComputeIndex } from '../computeIndex';
import type { Glimpses } from '../glimpses';
import { readProviders, tellsSharing, type Provider } from '../providers';
import { integerOf, uuidOf } from '../values';

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

const aboutAllocations: readonly Sign[] = [
  'allocation-of-none',
  'allocations-on-two',
  'no-allocation',
  'provider-mismatch',
];

/** Looks for those signs in Placement's database that some kind names. */
export async function findPlacementSigns(
  connection: Connection,
  schema: Schema,
  search: PlacementSearch,
  signal?: AbortSignal,
): Promise<void> {
  if (search.wanted.has('empty-consumer')) {
    const sql = `SELECT c.uuid FROM consumers c LEFT JOIN allocations a ON a.consumer_id = c.uuid WHERE a.id IS NULL`;
    const take = (uuid: string): void => {
      if (isUuid(uuid)) search.glimpses.sign(uuid, 'empty-consumer');
    };
    await connection.stream(sql, [], (row) => take(uuidOf(row.uuid)), signal);
  }
  if (aboutAllocations.some((sign) => search.wanted.has(sign))) {
    await new AllocationSigns(connection, schema, search, signal).find();
  }
}

/** One pass over all allocations, consumer by consumer. */
class AllocationSigns {
  private providers: ReadonlyMap<number, Provider> = new Map();
  /** live instances that have an allocation */
  private readonly allocated = new Set<string>();
  /** ids of root providers on which live instances have something */
  private readonly used = new Set<number>();

  constructor(
    private readonly connection: Connection,
    private readonly schema: Schema,
    private readonly search: PlacementSearch,
    private readonly signal?: AbortSignal,
  ) {}

  async find(): Promise<void> {
    this.providers = await readProviders(this.connection, this.schema, this.signal);
    const sql = `SELECT DISTINCT consumer_id, resource_provider_id FROM allocations ORDER BY consumer_id`;
    let consumer = '';
    let roots = new Set<number>();
    await this.connection.stream(
      sql,
      [],
      (row) => {
        const next = uuidOf(row.consumer_id);
        if (next !== consumer) {
          this.consumer(consumer, roots);
          consumer = next;
          roots = new Set();
        }
        const root = this.providers.get(integerOf(row.resource_provider_id))?.root;
        if (root !== undefined) roots.add(root);
      },
      this.signal,
    );
    this.consumer(consumer, roots);
    this.unallocated();
    this.mismatches();
  }

  private consumer(uuid: string, roots: ReadonlySet<number>): void {
    const { everyCell, moving } = this.search;
    if (this.search.glimpses.isLive(uuid)) {
      this.allocated.add(uuid);
      for (const root of roots) this.used.add(root);
    } else if (everyCell && !moving.has(uuid)) {
      this.found(uuid, 'allocation-of-none');
    }
    if (roots.size > 1 && tellsSharing(this.schema)) {
      this.found(uuid, 'allocations-on-two');
    }
  }

  private unallocated(): void {
    for (const { uuid, liveRows } of this.search.glimpses.byUuid.values()) {
      if (liveRows.some(({ host }) => host !== null) && !this.allocated.has(uuid)) {
        this.found(uuid, 'no-allocation');
      }
    }
  }

  /**
   * Other services have providers of their own. One is meant for a compute node when it has the name of one
   * (nova/scheduler/client/report.py, _ensure_resource_provider, Zed), or when live instances are on it.
   */
  private mismatches(): void {
    const { everyCell, computes } = this.search;
    if (!everyCell || !tellsSharing(this.schema)) {
      return;
    }
    for (const provider of this.providers.values()) {
      const nodes = computes.nodesOf(provider);
      const ours = nodes.length > 0 || this.used.has(provider.id);
      // A node that has no uuid yet may be the one.
      const fits = nodes.some(({ uuid }) => uuid === provider.uuid || uuid === null);
      if (ours && !fits) {
        this.found(provider.uuid, 'provider-mismatch');
      }
    }
  }

  private found(uuid: string, sign: Sign): void {
    if (this.search.wanted.has(sign) && isUuid(uuid)) this.search.glimpses.sign(uuid, sign);
  }
}
