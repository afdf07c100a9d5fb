import { plantInstance } from '../instance';
import type { Plot } from '../plot';
import type { Story } from '../story';
import { days, minutes } from '../world';

/** A build, a reboot, a migration, a resize: begun, and never ended. */
export function plantStuck(plot: Plot): void {
  for (const story of stories) plantInstance(plot, { cell: 'cell1', created: days(150), ...story });
}

type Telling = Omit<Story, 'cell' | 'created'> & Partial<Pick<Story, 'cell' | 'created'>>;

const stories: readonly Telling[] = [
  {
    name: 'spawning-for-days',
    kind: 'stuck-building',
    expect: 'suspected',
    host: 'compute-02',
    vmState: 'building',
    taskState: 'spawning',
    created: days(4),
    updated: days(4),
    actions: [],
    directories: [{ host: 'compute-02', written: days(4) }],
    how: 'nova-compute was killed while it copied the image; instance_build_timeout is 0, so nobody ends the build.',
  },
  {
    name: 'copying-large-image',
    twinOf: 'spawning-for-days',
    expect: 'none',
    host: 'compute-02',
    vmState: 'building',
    taskState: 'spawning',
    created: minutes(25),
    updated: minutes(24),
    actions: [],
    directories: [{ host: 'compute-02', written: minutes(1) }],
    how: 'Its image is large and still being copied.',
  },
  {
    name: 'rebooting-now',
    twinOf: 'undefined-by-admin',
    expect: 'none',
    host: 'compute-02',
    vmState: 'active',
    taskState: 'reboot_started_hard',
    updated: 20,
    domain: false,
    directories: [{ host: 'compute-02', written: 20 }],
    how: 'Is rebooted hard: Nova undefines the domain and defines it anew.',
  },
  {
    name: 'migrating-for-days',
    kind: 'stuck-moving',
    also: ['stuck-migration'],
    expect: 'suspected',
    mustSurvive: true,
    host: 'compute-01',
    vmState: 'active',
    taskState: 'migrating',
    updated: days(2),
    domain: 'running',
    allocations: ['compute-02'],
    migrations: [
      {
        type: 'live-migration',
        status: 'running',
        source: 'compute-01',
        destination: 'compute-02',
        ago: days(2),
      },
    ],
    directories: [{ host: 'compute-01', written: days(2) }],
    how: 'nova-compute of the source was restarted during the live migration; the guest stayed where it was, the state did not.',
  },
  {
    name: 'resized-for-weeks',
    kind: 'resize-unconfirmed',
    expect: 'suspected',
    mustSurvive: true,
    host: 'compute-02',
    vmState: 'resized',
    large: true,
    updated: days(30),
    domain: 'running',
    migrations: [
      { type: 'resize', status: 'finished', source: 'compute-01', destination: 'compute-02', ago: days(30) },
    ],
    directories: [
      { host: 'compute-02', written: days(30) },
      { host: 'compute-01', suffix: '_resize', written: days(30), bytes: 20 * 2 ** 30 },
    ],
    how: 'Was resized a month ago; the tenant forgot to confirm, and it holds two allocations and two disks.',
  },
];
