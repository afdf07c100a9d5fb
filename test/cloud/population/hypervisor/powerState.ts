import { plantInstance } from '../instance';
import type { Plot } from '../plot';
import { days, minutes } from '../world';

/** The row says running, the domain is shut off. */
export function plantPowerStates(plot: Plot): void {
  const common = {
    cell: 'cell1',
    host: 'compute-02',
    vmState: 'active',
    created: days(80),
    domain: 'shutoff',
    mustSurvive: true,
  } as const;
  plantInstance(plot, {
    ...common,
    name: 'shut-down-inside',
    kind: 'power-state-differs',
    updated: days(3),
    expect: 'suspected',
    how: 'Its tenant shut it down from inside; sync_power_state_interval is -1 on its host, so that Nova never looks.',
  });
  plantInstance(plot, {
    ...common,
    name: 'shutting-down-now',
    updated: minutes(3),
    expect: 'none',
    twinOf: 'shut-down-inside',
    how: 'Was shut down from inside three minutes ago: nova-compute compares every ten minutes.',
  });
}
