import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** What some work took, and the longest time that nothing else got its turn meanwhile; milliseconds. */
export interface Taken {
  readonly total: number;
  readonly blocked: number;
}

/** Does the work, and watches whether others get their turn; a while longer, for what it leaves to be done. */
export async function watched<T>(
  work: () => Promise<T>,
  afterwardsMs = 0,
): Promise<Taken & { readonly value: T }> {
  await sleep(50);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await sleep(5);
  delay.reset();
  const start = performance.now();
  const value = await work();
  const total = performance.now() - start;
  await sleep(afterwardsMs + 5);
  delay.disable();
  return { total, blocked: delay.max / 1e6, value };
}

export function taken({ total, blocked }: Taken): Taken {
  return { total, blocked };
}
