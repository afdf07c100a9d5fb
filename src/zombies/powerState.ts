import type { DomainState } from '../model/facts';

/** nova/compute/power_state.py and nova/virt/libvirt/guest.py, LIBVIRT_POWER_STATE (Zed). */
const numbers: Readonly<Record<DomainState, number>> = {
  'no state': 0,
  running: 1,
  idle: 1,
  paused: 3,
  'in shutdown': 4,
  'shut off': 4,
  crashed: 6,
  pmsuspended: 7,
};

const names: Readonly<Record<number, string>> = {
  0: 'NOSTATE',
  1: 'RUNNING',
  3: 'PAUSED',
  4: 'SHUTDOWN',
  6: 'CRASHED',
  7: 'SUSPENDED',
};

/** What nova-compute writes to `instances.power_state` for a domain in this state. */
export function powerStateOf(state: DomainState): number {
  return numbers[state];
}

/** The name that Nova has for it. */
export function powerStateName(powerState: number): string {
  return names[powerState] ?? String(powerState);
}
