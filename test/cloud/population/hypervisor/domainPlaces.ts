import { plantInstance } from '../instance';
import type { Plot } from '../plot';
import type { Story } from '../story';
import { days } from '../world';

/** Two hosts have a domain of the same UUID: a move that was finished on one of them. */
export function plantTwoDomains(plot: Plot): void {
  for (const story of stories) plantInstance(plot, { ...defaults, ...story });
}

const defaults = {
  cell: 'cell1',
  host: 'compute-02',
  vmState: 'active',
  created: days(300),
  updated: days(40),
  mustSurvive: true,
  domain: [
    { host: 'compute-02', state: 'running' },
    { host: 'compute-01', state: 'shutoff' },
  ],
  directories: [{ host: 'compute-02', written: days(40) }],
} as const satisfies Partial<Story>;

const move = { source: 'compute-01', destination: 'compute-02', ago: days(40) } as const;

const stories: readonly (Pick<Story, 'name' | 'how' | 'expect'> & Partial<Story>)[] = [
  {
    name: 'copy-left-at-source',
    kind: 'domain-on-two-hosts',
    staleOn: 'compute-01',
    expect: 'suspected',
    migrations: [{ ...move, type: 'live-migration', status: 'completed' }],
    how: 'Was live-migrated to compute-02; the source kept the definition, because libvirt hung when it was to be undefined.',
  },
  {
    name: 'evacuated-and-back',
    twinOf: 'copy-left-at-source',
    expect: 'legitimate',
    migrations: [{ ...move, type: 'evacuation', status: 'done' }],
    how: 'Was evacuated from compute-01, which came back: nova-compute removes the old domain there when it starts.',
  },
];
