import * as l10n from '@vscode/l10n';
import { OperatorError } from '../../model/errors';
import { defined, type Shape } from './shape';

/** Amounts by resource class, for example `{ VCPU: 1, MEMORY_MB: 512 }`. */
export type Resources = Readonly<Record<string, number>>;

/** What a consumer holds; `placement API`, "List allocations" of a consumer. */
export interface ConsumerAllocations {
  readonly consumer: string;
  /** by the UUID of the resource provider */
  readonly providers: ReadonlyMap<string, Resources>;
  /** absent when it holds nothing: Placement then knows no such consumer */
  readonly owner?: ConsumerOwner;
  /** when the newest of what it holds was written, ISO 8601 UTC; absent when it holds nothing */
  readonly changedAt?: string;
}

export interface ConsumerOwner {
  /** grows with every change of the consumer */
  readonly generation: number;
  readonly projectId: string;
  readonly userId: string;
  /** `INSTANCE`, `MIGRATION` ...; absent before 1.38 */
  readonly type?: string;
}

export interface ResourceProvider {
  readonly uuid: string;
  /** of a compute node its hypervisor_hostname */
  readonly name: string;
  readonly generation: number;
  /** of the top of its tree: its own where it is that */
  readonly rootUuid: string;
}

export interface DatedProvider extends ResourceProvider {
  /** when it, or what is allocated on it, last changed, ISO 8601 UTC */
  readonly changedAt?: string;
}

export interface ProviderConsumer {
  /** UUID of an instance, of a migration, or of something that is not Nova's */
  readonly consumer: string;
  readonly resources: Resources;
}

export function readAllocations(consumer: string, body: Shape, changedAt?: string): ConsumerAllocations {
  const providers = new Map(
    body.entries('allocations').map(([uuid, held]): [string, Resources] => [uuid, held.numbers('resources')]),
  );
  if (providers.size === 0) return { consumer, providers };
  const owner = defined({
    generation: body.number('consumer_generation'),
    projectId: body.text('project_id'),
    userId: body.text('user_id'),
    type: body.optionalText('consumer_type'),
  });
  return defined({ consumer, providers, owner, changedAt });
}

/** The body of a PUT that leaves the consumer with `providers`; `placement API`, "Update allocations". */
export function bodyOfAllocations(
  { consumer, owner }: ConsumerAllocations,
  providers: ReadonlyMap<string, Resources>,
): object {
  if (owner === undefined) {
    throw new OperatorError(
      'not-found',
      l10n.t('{0} holds no allocations.', consumer),
      l10n.t('There is nothing left to do.'),
    );
  }
  return {
    allocations: Object.fromEntries([...providers].map(([uuid, resources]) => [uuid, { resources }])),
    consumer_generation: owner.generation,
    project_id: owner.projectId,
    user_id: owner.userId,
  };
}

export function readProvider(item: Shape): ResourceProvider {
  const uuid = item.text('uuid');
  return {
    uuid,
    name: item.text('name'),
    generation: item.number('generation'),
    rootUuid: item.optionalText('root_provider_uuid') ?? uuid,
  };
}
