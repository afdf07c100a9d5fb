import { migrationUuid } from './cellRows';
import type { Instance } from './instance';
import type { Plot } from './plot';
import { hosts, ironic, type Flavor } from './world';

/** The instance's allocations; while a move is unfinished its migration holds those on the source. */
export function plantPlacementRows(plot: Plot, instance: Instance): void {
  const usual =
    instance.deleted !== undefined || instance.hidden === true || instance.host === null
      ? []
      : [instance.host];
  const { owner, created, flavor } = instance;
  allocate(
    plot,
    { consumer: instance.uuid, providers: instance.allocations ?? usual, owner, created, type: 1 },
    flavor,
  );
  for (const [index, { type, status, source, ago }] of (instance.migrations ?? []).entries()) {
    const moving =
      ['finished', 'running', 'pre-migrating', 'post-migrating'].includes(status) && type !== 'evacuation';
    if (!moving || instance.hidden === true) continue;
    const consumer = migrationUuid(instance.uuid, index);
    allocate(plot, { consumer, providers: [source], owner, created: ago, type: 2 }, flavor);
  }
}

interface Consumer {
  readonly consumer: string;
  readonly providers: readonly string[];
  readonly owner: number;
  readonly created: number;
  /** consumer_types: 1 INSTANCE, 2 MIGRATION. */
  readonly type: number;
}

function allocate(plot: Plot, { consumer, providers, owner, created, type }: Consumer, flavor: Flavor): void {
  if (providers.length === 0) return;
  const times = { created_at: plot.at(created) };
  plot.add('placement', 'consumers', {
    ...times,
    uuid: consumer,
    project_id: owner + 1,
    user_id: owner + 1,
    generation: 1,
    consumer_type_id: type,
  });
  for (const provider of providers) {
    for (const [resourceClass, used] of [flavor.vcpus, flavor.memoryMb, flavor.rootGb].entries()) {
      plot.add('placement', 'allocations', {
        ...times,
        resource_provider_id: providerId(provider),
        consumer_id: consumer,
        resource_class_id: resourceClass,
        used,
      });
    }
  }
}

/** Providers are planted in the order of the known hosts, the bare-metal node last. */
function providerId(name: string): number {
  const names = [...hosts.filter(({ known }) => known).map((host) => host.name as string), ironic.host];
  return names.indexOf(name) + 1;
}
