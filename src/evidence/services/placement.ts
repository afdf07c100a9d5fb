import type { ConsumerAllocations, ResourceProvider } from '../../cloud/openstack/placementShapes';
import { wholeOf } from '../../cloud/openstack/listing';
import { defined } from '../../cloud/openstack/shape';
import { hostsOfProviders } from '../placement';
import { sideBySide } from '../sideBySide';
import { placementSource } from '../sources';
import type { SecondLook, Service } from './service';

const providersAtATime = 8;

/** In place of Placement's database, where that does not answer. It shows no consumer without allocations. */
export const placement: Service = {
  name: placementSource,
  type: 'placement',
  regional: true,
  signs: [],

  survey: async ({ api, signal }) => (await api.placement.resourceProviders(signal)).gap,

  async inquire(look) {
    const { api, many, hosts, signal } = look;
    const providers = wholeOf(await api.placement.resourceProviders(signal));
    const byId = new Map(providers.map((provider) => [provider.uuid, provider]));
    const hostOf = hostsOfProviders(hosts);
    const holdings = many ? await listed(look, providers) : undefined;
    return async ({ uuid }) => {
      const held = holdings ? holdings.get(uuid) : await single(look, uuid);
      if (held === undefined) return {};
      const roots = new Map([...held.providers.keys()].map((id) => rootOf(id, byId)));
      return {
        allocations: [...roots].map(([providerUuid, name]) => ({
          providerUuid,
          provider: hostOf(providerUuid, name),
        })),
        consumer: defined({ projectId: held.projectId, allocations: held.amounts }),
      };
    };
  },
};

interface Held {
  /** UUIDs of resource providers */
  readonly providers: Set<string>;
  /** allocations: one for each resource class of each provider */
  amounts: number;
  readonly projectId?: string;
}

async function single({ api, signal }: SecondLook, consumer: string): Promise<Held | undefined> {
  const { providers, owner }: ConsumerAllocations = await api.placement.allocations(consumer, signal);
  if (providers.size === 0) return undefined;
  const amounts = [...providers.values()].reduce((sum, held) => sum + Object.keys(held).length, 0);
  return defined({ providers: new Set(providers.keys()), amounts, projectId: owner?.projectId });
}

async function listed(
  { api, signal }: SecondLook,
  providers: readonly ResourceProvider[],
): Promise<ReadonlyMap<string, Held>> {
  const holdings = new Map<string, Held>();
  await sideBySide(providers, providersAtATime, async ({ uuid }) => {
    for (const { consumer, resources } of await api.placement.consumers(uuid, signal)) {
      const held: Held = holdings.get(consumer) ?? { providers: new Set(), amounts: 0 };
      holdings.set(consumer, held);
      held.providers.add(uuid);
      held.amounts += Object.keys(resources).length;
    }
  });
  return holdings;
}

/** What is allocated on a nested provider counts for its root, which is the compute node: its UUID and name. */
function rootOf(id: string, byId: ReadonlyMap<string, ResourceProvider>): [uuid: string, name: string] {
  const provider = byId.get(id);
  const parent = provider?.parentUuid;
  return parent === undefined ? [id, provider?.name ?? id] : rootOf(parent, byId);
}
