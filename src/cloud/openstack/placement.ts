import * as l10n from '@vscode/l10n';
import { OperatorError } from '../../model/errors';
import type { PlacementApi } from './openStackApi';
import { orAbsent } from './absence';
import type { ApiSession, Query } from './apiSession';
import { list, type Listing } from './listing';
import type { Microversions } from './microversion';
import {
  bodyOfAllocations,
  readAllocations,
  readProvider,
  type ConsumerAllocations,
  type DatedProvider,
  type ProviderConsumer,
  type ResourceProvider,
} from './placementShapes';
import { defined } from './shape';
import { Together } from './together';

/**
 * 1.28 brought the generation of a consumer. From 1.38 on a write names the consumer's type; below, Placement leaves
 * the type as it is (placement/handlers/util.py, ensure_consumer, Zed).
 */
const versions: Microversions = { least: '1.28', most: '1.36' };
/** 1.38 shows the type of a consumer. */
const versionsOfConsumer: Microversions = { least: '1.28', most: '1.38' };

/** The trait of a provider of what others use (os_traits, Zed). Placement makes all of its traits when it starts. */
const sharing = 'MISC_SHARES_VIA_AGGREGATE';

const mostTries = 4;

/** Placement's API. It serves only accounts with the role admin, unless its policy says otherwise. */
export class Placement implements PlacementApi {
  private readonly freeing = new Together<ConsumerAllocations>({
    one: (read, signal) => this.put(read, new Map(), signal),
    all: (reads) => this.free(reads),
  });

  constructor(private readonly session: ApiSession) {}

  /** What a consumer holds, instance or migration; no allocations when Placement does not know it. */
  async allocations(consumer: string, signal?: AbortSignal): Promise<ConsumerAllocations> {
    const { body, modifiedAt } = await this.session.readDated(
      { service: 'placement', path: consumerPath(consumer), versions: versionsOfConsumer },
      signal,
    );
    return readAllocations(consumer, body, modifiedAt);
  }

  /**
   * Removes all that a consumer holds, as it was read: when it has changed since, this is a `conflict` and nothing is
   * removed. (The API's DELETE would not look.) Placement forgets a consumer without allocations. What is asked for at
   * the same time goes in one request.
   */
  deleteAllocations(read: ConsumerAllocations, signal?: AbortSignal): Promise<void> {
    return this.freeing.send(read, signal);
  }

  /**
   * Removes what a consumer holds at one provider, and nothing else. When something else of the consumer changes
   * meanwhile, it is read again; when what it holds at this provider is not what was read, this is a `conflict`.
   */
  async unsetProvider(read: ConsumerAllocations, provider: string, signal?: AbortSignal): Promise<void> {
    const reviewed = read.providers.get(provider);
    let current = read;
    for (let tries = 1; ; tries += 1) {
      const held = current.providers.get(provider);
      if (reviewed === undefined || held === undefined || !same(held, reviewed))
        throw changed(read.consumer, provider);
      const rest = new Map([...current.providers].filter(([uuid]) => uuid !== provider));
      try {
        return await this.put(current, rest, signal);
      } catch (error) {
        if (!OperatorError.is(error, 'conflict') || tries >= mostTries) throw error;
        current = await this.allocations(read.consumer, signal);
      }
    }
  }

  resourceProviders(signal?: AbortSignal): Promise<Listing<ResourceProvider>> {
    return this.providers([], signal);
  }

  sharingProviders(signal?: AbortSignal): Promise<Listing<ResourceProvider>> {
    return this.providers([['required', sharing]], signal);
  }

  async resourceProvider(uuid: string, signal?: AbortSignal): Promise<DatedProvider | undefined> {
    const path = providerPath(uuid);
    const answer = await orAbsent(this.session, path, () =>
      this.session.readDated({ service: 'placement', path, versions }, signal),
    );
    return answer && defined({ ...readProvider(answer.body), changedAt: answer.modifiedAt });
  }

  /** By resource class, what is used of a provider. */
  async usages(provider: string, signal?: AbortSignal): Promise<Readonly<Record<string, number>>> {
    const path = `${providerPath(provider)}/usages`;
    const body = await this.session.read({ service: 'placement', path, versions }, signal);
    return body.numbers('usages');
  }

  /** All who hold something at a provider; none at one that is not there any more. */
  async consumers(provider: string, signal?: AbortSignal): Promise<readonly ProviderConsumer[]> {
    const path = `${providerPath(provider)}/allocations`;
    const body = await orAbsent(this.session, path, () =>
      this.session.read({ service: 'placement', path, versions }, signal),
    );
    return (body?.entries('allocations') ?? []).map(([consumer, held]) => ({
      consumer,
      resources: held.numbers('resources'),
    }));
  }

  /** Placement gives the whole list at once. */
  private providers(query: Query, signal: AbortSignal | undefined): Promise<Listing<ResourceProvider>> {
    return list<ResourceProvider>(
      this.session,
      {
        call: { service: 'placement', path: '/resource_providers', query, versions },
        field: 'resource_providers',
        read: readProvider,
        idOf: ({ uuid }) => uuid,
        pages: 'none',
      },
      signal,
    );
  }

  /** Placement does all of it or nothing (its API, "Manage allocations"). */
  private async free(reads: readonly ConsumerAllocations[]): Promise<void> {
    const body = Object.fromEntries(reads.map((read) => [read.consumer, bodyOfAllocations(read, new Map())]));
    await this.session.change({ service: 'placement', method: 'POST', path: '/allocations', body, versions });
  }

  private async put(
    read: ConsumerAllocations,
    providers: ConsumerAllocations['providers'],
    signal: AbortSignal | undefined,
  ): Promise<void> {
    await this.session.change(
      {
        service: 'placement',
        method: 'PUT',
        path: consumerPath(read.consumer),
        body: bodyOfAllocations(read, providers),
        versions,
      },
      signal,
    );
  }
}

function providerPath(provider: string): string {
  return `/resource_providers/${encodeURIComponent(provider)}`;
}

function consumerPath(consumer: string): string {
  return `/allocations/${encodeURIComponent(consumer)}`;
}

function same(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

function changed(consumer: string, provider: string): OperatorError {
  return new OperatorError(
    'conflict',
    l10n.t('What {0} holds at the resource provider {1} is not what was read before.', consumer, provider),
    l10n.t('Scan again, and draft the plan anew.'),
  );
}
