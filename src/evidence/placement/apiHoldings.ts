import { wholeOf } from '../../cloud/openstack/listing';
import type { PlacementApi } from '../../cloud/openstack/openStackApi';
import type { ResourceProvider } from '../../cloud/openstack/placementShapes';
import { groupedBy } from '../groupedBy';
import { sideBySide } from '../sideBySide';
import type { Root } from './allocationSigns';

const providersAtATime = 8;

/** The providers that Placement's API lists. */
export interface ApiProviders {
  readonly all: readonly ResourceProvider[];
  /** of the provider with this UUID; none where that shares, and is no machine */
  readonly rootOf: (provider: string) => Root | undefined;
  readonly roots: readonly Root[];
  /** those of the tree of this root, with it */
  readonly treeOf: (root: string) => readonly ResourceProvider[];
}

/** What a consumer holds. */
export interface Holding {
  /** by their UUIDs */
  readonly roots: Map<string, Root>;
  /** allocations: one for each resource class of each provider */
  amounts: number;
}

/** Rejects when a list has a gap. */
export async function readProviders(api: PlacementApi, signal?: AbortSignal): Promise<ApiProviders> {
  const all = wholeOf(await api.resourceProviders(signal));
  const sharing = new Set(wholeOf(await api.sharingProviders(signal)).map(({ uuid }) => uuid));
  const byUuid = new Map(all.map((provider) => [provider.uuid, provider]));
  const rootOf = (uuid: string): Root | undefined => {
    const root = byUuid.get(byUuid.get(uuid)?.rootUuid ?? uuid);
    return root && !sharing.has(root.uuid) ? { uuid: root.uuid.toLowerCase(), name: root.name } : undefined;
  };
  const trees = groupedBy(all, ({ rootUuid }) => rootUuid.toLowerCase());
  const tops = all.filter(({ uuid, rootUuid }) => uuid === rootUuid);
  return {
    all,
    rootOf,
    roots: tops.flatMap(({ uuid }) => rootOf(uuid) ?? []),
    treeOf: (root) => trees.get(root) ?? [],
  };
}

/**
 * What each consumer holds, by one request for each provider. They are answered one after another: what moves meanwhile
 * may be seen twice, or not at all. Rejects when one is not answered.
 */
export async function readHoldings(
  api: PlacementApi,
  { all, rootOf }: ApiProviders,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Holding>> {
  const holdings = new Map<string, Holding>();
  await sideBySide(all, providersAtATime, async ({ uuid }) => {
    for (const { consumer, resources } of await api.consumers(uuid, signal)) {
      const id = consumer.toLowerCase();
      const holding: Holding = holdings.get(id) ?? { roots: new Map(), amounts: 0 };
      holdings.set(id, holding);
      const root = rootOf(uuid);
      if (root) holding.roots.set(root.uuid, root);
      holding.amounts += Object.keys(resources).length;
    }
  });
  return holdings;
}
