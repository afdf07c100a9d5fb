import type { PlacementApi } from '../../cloud/openstack/openStackApi';
import { defined } from '../../cloud/openstack/shape';
import type { Allocation, Consumer, ResourceProvider } from '../../model/facts';
import type { Named } from '../named';
import type { HostReport } from '../hostReport';
import { sideBySide } from '../sideBySide';
import type { Root } from './allocationSigns';
import { readHoldings, readProviders, type ApiProviders, type Holding } from './apiHoldings';
import { hostsOfProviders, type PlacementFindings, type PlacementInquiry } from './findings';

const requestsAtATime = 8;

/** In place of Placement's database, where that does not answer. It shows no consumer without allocations. */
export class ApiInquiry implements PlacementInquiry {
  private readonly hostOf: (uuid: string, name: string) => string;
  private providers: Promise<ApiProviders> | undefined;
  private holdings: Promise<ReadonlyMap<string, Holding>> | undefined;

  /** @param many too many candidates to ask about each: the providers are read once more */
  constructor(
    private readonly api: PlacementApi,
    private readonly many: boolean,
    hosts: readonly HostReport[],
    private readonly signal?: AbortSignal,
  ) {
    this.hostOf = hostsOfProviders(hosts);
  }

  async read(uuids: readonly string[], isLive: (uuid: string) => boolean): Promise<PlacementFindings> {
    this.providers ??= readProviders(this.api, this.signal);
    const providers = await this.providers;
    const allocations: Named<Allocation>[] = [];
    const consumers = new Map<string, Consumer>();
    await sideBySide(uuids, requestsAtATime, async (uuid) => {
      const held = await this.held(uuid, isLive(uuid), providers);
      if (held === undefined) return;
      consumers.set(uuid, held.consumer);
      for (const { uuid: providerUuid, name } of held.roots)
        allocations.push({ uuid, fact: { providerUuid, provider: this.hostOf(providerUuid, name) } });
    });
    return { allocations, consumers, providers: await this.amongProviders(uuids, providers) };
  }

  /**
   * The lists tell of a live instance on one node, and of what is gone and holds nothing. Anything else is asked for by
   * itself: the lists were not read at one moment, and do not tell of a consumer what it is, and since when.
   */
  private async held(uuid: string, live: boolean, providers: ApiProviders): Promise<Held | undefined> {
    if (!this.many) return this.single(uuid, providers);
    this.holdings ??= readHoldings(this.api, providers, this.signal);
    const holding = (await this.holdings).get(uuid);
    if (live ? holding?.roots.size !== 1 : holding !== undefined) return this.single(uuid, providers);
    return holding && { roots: [...holding.roots.values()], consumer: { allocations: holding.amounts } };
  }

  private async single(consumer: string, { rootOf }: ApiProviders): Promise<Held | undefined> {
    const { providers, owner, changedAt } = await this.api.allocations(consumer, this.signal);
    if (providers.size === 0) return undefined;
    const roots = new Map(
      [...providers.keys()].flatMap((uuid) => rootOf(uuid) ?? []).map((root) => [root.uuid, root]),
    );
    const amounts = [...providers.values()].reduce((sum, held) => sum + Object.keys(held).length, 0);
    return {
      roots: [...roots.values()],
      consumer: defined({ allocations: amounts, projectId: owner?.projectId, type: owner?.type, changedAt }),
    };
  }

  /** Those of the UUIDs that are a root provider's. */
  private async amongProviders(
    uuids: readonly string[],
    providers: ApiProviders,
  ): Promise<Map<string, Omit<ResourceProvider, 'namesakes'>>> {
    const asked = new Set(uuids);
    const found = new Map<string, Omit<ResourceProvider, 'namesakes'>>();
    await sideBySide(
      providers.roots.filter(({ uuid }) => asked.has(uuid)),
      requestsAtATime,
      async ({ uuid, name }) => {
        const read = await this.api.resourceProvider(uuid, this.signal);
        if (read === undefined) return;
        const consumers = new Set<string>();
        for (const each of providers.treeOf(uuid))
          for (const { consumer } of await this.api.consumers(each.uuid, this.signal))
            consumers.add(consumer);
        found.set(uuid, defined({ name, consumers: consumers.size, changedAt: read.changedAt }));
      },
    );
    return found;
  }
}

interface Held {
  readonly roots: readonly Root[];
  readonly consumer: Consumer;
}
