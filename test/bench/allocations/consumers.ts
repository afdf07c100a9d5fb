import { randomUUID } from 'node:crypto';
import type { OpenStack } from '../../openstack/openstack';

/** So many consumers are in a request that holds or frees for many. */
const atATime = 100;

/** Consumers that hold what three resource classes have on a host, and of which no cell knows anything. */
export async function leaveConsumers(cloud: OpenStack, count: number): Promise<string[]> {
  const [provider] = (
    await cloud.session.must<{ resource_providers: { uuid: string }[] }>(
      'placement',
      'GET',
      '/resource_providers',
    )
  ).resource_providers;
  if (!provider) throw new Error('Placement has no resource provider');
  const consumers = Array.from({ length: count }, () => randomUUID());
  const held = { [provider.uuid]: { resources: { VCPU: 1, MEMORY_MB: 64, DISK_GB: 1 } } };
  await allocate(cloud, consumers, held, null);
  return consumers;
}

/** A bare client: it knows what is to go, reads nothing, keeps nothing, and sends many in one request. */
export function freeConsumers(cloud: OpenStack, consumers: readonly string[]): Promise<void> {
  return allocate(cloud, consumers, {}, 1);
}

/** How many consumers hold something. */
export async function holding(cloud: OpenStack): Promise<number> {
  const [row] = await cloud.database.sql('SELECT COUNT(DISTINCT consumer_id) FROM allocations', 'placement');
  return Number(row?.[0]);
}

async function allocate(
  { session }: OpenStack,
  consumers: readonly string[],
  allocations: object,
  generation: number | null,
): Promise<void> {
  const project = await session.projectId();
  const entry = { allocations, consumer_generation: generation, project_id: project, user_id: project };
  for (let from = 0; from < consumers.length; from += atATime) {
    const some = consumers.slice(from, from + atATime);
    await session.must(
      'placement',
      'POST',
      '/allocations',
      Object.fromEntries(some.map((each) => [each, entry])),
    );
  }
}
