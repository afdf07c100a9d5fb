import type { HostFacts, Scene } from '../model/scene';
import { isOlder, minutesSince } from './ages';

/** nova.conf, service_down_time = 60; some slack for clocks that differ. */
const silentMinutes = 5;

export type ComputeService = 'up' | 'maintained' | 'silent' | 'dead' | 'missing';

/**
 * The nova-compute of a host as Nova's databases show it. `services.disabled` only keeps the scheduler away;
 * `forced_down` is what an operator sets once the machine is proven to be off (nova/servicegroup/drivers/db.py, Zed).
 */
export function computeServiceOf(host: HostFacts | undefined, scene: Scene): ComputeService {
  if (host?.service?.forcedDown === true) return 'dead';
  if (host?.lastSeenUp === undefined) return host?.service === undefined ? 'missing' : 'silent';
  if (isOlder(host.lastSeenUp, scene.thresholds.serviceDownMinutes, scene)) return 'dead';
  const silence = minutesSince(host.lastSeenUp, scene);
  if (silence === undefined || silence >= silentMinutes) return 'silent';
  return host.service?.disabled === true ? 'maintained' : 'up';
}
