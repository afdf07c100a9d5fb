import { plantInstance } from './instance';
import type { Plot } from './plot';
import type { Story } from './story';
import { days, minutes } from './world';

/** A delete was asked and never came to its end. */
export function plantStuckDeleting(plot: Plot): void {
  for (const story of stories) plantInstance(plot, { ...defaults, ...story });
}

const asked = [{ action: 'delete', ago: days(14) }] as const;
const defaults = {
  kind: 'stuck-deleting',
  cell: 'cell1',
  vmState: 'active',
  taskState: 'deleting',
  created: days(120),
  updated: days(14),
  actions: asked,
  domain: false,
  directories: [],
} as const satisfies Partial<Story>;

type Telling = Pick<Story, 'name' | 'how' | 'expect' | 'host'> & Partial<Story>;

const stories: readonly Telling[] = [
  {
    name: 'stuck-clean',
    expect: 'confirmed',
    host: 'compute-02',
    uuid: '0a2d1bf7-982c-4034-9713-566d58ced0c4',
    ports: 0,
    allocations: [],
    how: 'The controller was restarted in the middle of a delete: domain, directory, port and allocation are gone, the row stayed.',
  },
  {
    name: "stuck'); DROP TABLE instances; -- */",
    expect: 'confirmed',
    host: 'compute-01',
    ports: 0,
    allocations: [],
    also: ['leftover-directory'],
    directories: [{ host: 'compute-01', written: days(14) }],
    how: 'nova-compute died after it had destroyed the domain and before it removed the directory.',
  },
  {
    name: 'stuck-still-running',
    expect: 'confirmed',
    host: 'compute-02',
    domain: 'running',
    directories: [{ host: 'compute-02', written: days(14) }],
    how: 'The message to nova-compute was lost with the queue: the delete was asked, the domain runs on.',
  },
  {
    name: 'stuck-with-port',
    expect: 'suspected',
    host: 'compute-03',
    cell: 'cell2',
    volume: 'data',
    how: 'Neutron and Cinder were down during the delete: port, volume attachment and allocation stayed with the row.',
  },
  {
    name: 'stuck-in-error',
    expect: 'confirmed',
    host: 'compute-02',
    vmState: 'error',
    ports: 0,
    actions: [{ action: 'delete', ago: days(14), result: 'Error' }],
    fault: 'Failed to retrieve allocations for consumer: Placement API is unavailable',
    how: 'Placement was away during the delete: the guest was destroyed, row and allocation stayed in error/deleting.',
  },
  {
    name: 'half-deleted',
    kind: 'deleted-but-live',
    expect: 'confirmed',
    host: 'compute-01',
    vmState: 'deleted',
    ports: 0,
    allocations: [],
    updated: days(5),
    actions: [{ action: 'delete', ago: days(5) }],
    how: 'nova-compute was killed between writing vm_state deleted and the soft delete of the row.',
    taskState: 'deleting',
  },
  {
    name: 'stuck-on-silent-host',
    expect: 'unknown',
    host: 'compute-04',
    cell: 'cell2',
    twinOf: 'stuck-clean',
    mustSurvive: true,
    how: 'The delete was asked while compute-04 was down; it does not answer, so nobody knows what is there.',
  },
  {
    name: 'being-deleted-now',
    expect: 'none',
    host: 'compute-02',
    twinOf: 'stuck-clean',
    updated: minutes(2),
    actions: [{ action: 'delete', ago: minutes(2) }],
    directories: [{ host: 'compute-02', written: minutes(2) }],
    how: 'The tenant deleted it two minutes ago and Nova is at it.',
  },
  {
    name: 'deleting-while-migrating',
    expect: 'unknown',
    host: 'compute-01',
    twinOf: 'stuck-clean',
    migrations: [
      {
        type: 'live-migration',
        status: 'running',
        source: 'compute-01',
        destination: 'compute-02',
        ago: minutes(20),
      },
    ],
    how: 'A delete was asked, but a migration of it is in progress: the domain may be anywhere between two hosts.',
  },
];
