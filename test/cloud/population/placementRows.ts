import { migrationUuid } from './cellRows';
import type { Instance } from './instance';
import type { Plot } from './plot';
import { isGone } from './story';
import { ironic, type Flavor } from './world';

/** The instance's allocations; while a move is unfinished its migration holds those on the source. */
export function plantPlacementRows(plot: Plot, instance: Instance): void {
  const usual = isGone(instance) || instance.hidden === true || instance.host === null ? [] : [instance.host];
  const { owner, created, flavor } = instance;
  allocate(plot, {
    consumer: instance.uuid,
    providers: instance.allocations ?? usual,
    owner,
    created,
    type: 'INSTANCE',
    flavor,
  });
  for (const [index, { type, status, source, ago }] of (instance.migrations ?? []).entries()) {
    const moving =
      ['finished', 'running', 'pre-migrating', 'post-migrating'].includes(status) && type !== 'evacuation';
    if (!moving || instance.hidden === true) continue;
    const consumer = migrationUuid(instance.uuid, index);
    allocate(plot, { consumer, providers: [source], owner, created: ago, type: 'MIGRATION', flavor });
  }
}

export interface Holding {
  readonly consumer: string;
  /** names of resource providers */
  readonly providers: readonly string[];
  /** index into projects and users */
  readonly owner: number;
  /** seconds ago */
  readonly created: number;
  readonly type: ConsumerType;
  readonly flavor: Flavor;
}

/** In the order of their ids. The last is that of a service of its own which holds resources beside Nova. */
export const consumerTypes = ['INSTANCE', 'MIGRATION', 'RESERVATION'] as const;
export type ConsumerType = (typeof consumerTypes)[number];

/** A consumer of Placement, and what it holds of each provider. */
export function allocate(plot: Plot, { consumer, providers, flavor, ...owner }: Holding): void {
  if (providers.length === 0) return;
  addConsumer(plot, consumer, owner);
  for (const provider of providers) {
    for (const [resourceClass, used] of [flavor.vcpus, flavor.memoryMb, flavor.rootGb].entries()) {
      plot.add('placement', 'allocations', {
        created_at: plot.at(owner.created),
        resource_provider_id: providerId(plot, provider),
        consumer_id: consumer,
        resource_class_id: resourceClass,
        used,
      });
    }
  }
}

export function addConsumer(
  plot: Plot,
  uuid: string,
  { owner, created, type }: Pick<Holding, 'owner' | 'created' | 'type'>,
): void {
  plot.add('placement', 'consumers', {
    created_at: plot.at(created),
    uuid,
    project_id: owner + 1,
    user_id: owner + 1,
    generation: 1,
    consumer_type_id: consumerTypes.indexOf(type) + 1,
  });
}

/** The bare-metal service is no provider itself: its first machine stands for it. */
function providerId(plot: Plot, provider: string): number {
  const name = provider === ironic.host ? ironic.node : provider;
  const row = plot.rows
    .get('placement')
    ?.get('resource_providers')
    ?.find((each) => each.name === name);
  if (typeof row?.id !== 'number') throw new Error(`there is no resource provider ${name}`);
  return row.id;
}
