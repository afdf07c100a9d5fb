import { plantInstance } from './instance';
import type { Plot } from './plot';
import type { Story } from './story';
import { days, minutes } from './world';

/** instances.host IS NULL means six different things; only some of them are zombies. */
export function plantInstanceWithoutHost(plot: Plot): void {
  for (const story of stories) plantInstance(plot, { ...defaults, ...story });
}

const noValidHost = 'No valid host was found. There are not enough hosts available.';
const defaults = { kind: 'instance-without-host', cell: 'cell1', host: null, mustSurvive: false } as const;

type Telling = Pick<Story, 'name' | 'how' | 'expect' | 'vmState' | 'created'> & Partial<Story>;

const stories: readonly Telling[] = [
  ...[1, 2, 3].map((number): Telling => ({
    name: `no-valid-host-${number}`,
    kind: 'build-failed',
    expect: 'suspected',
    cell: 'cell0',
    vmState: 'error',
    created: days(30 + number),
    ports: 0,
    fault: noValidHost,
    actions: [],
    how: 'The scheduler found no host a month ago and the tenant never deleted the error.',
  })),
  {
    name: 'failed-with-port',
    expect: 'suspected',
    vmState: 'error',
    created: days(40),
    volume: 'data',
    actions: [],
    fault: 'Build of instance aborted: Failed to allocate the network(s)',
    how: 'The build failed on the compute host after port and volume were made; both are still bound to it.',
  },
  {
    name: 'failed-in-cell2',
    expect: 'suspected',
    cell: 'cell2',
    vmState: 'error',
    created: days(60),
    ports: 0,
    actions: [],
    fault: noValidHost,
    how: 'All retries of the build failed in cell2; nothing of it is left but rows.',
  },
  {
    name: 'scheduling-for-days',
    kind: 'stuck-building',
    expect: 'suspected',
    vmState: 'building',
    taskState: 'scheduling',
    created: days(3),
    ports: 0,
    actions: [],
    how: 'The conductor was killed while it scheduled the build three days ago.',
  },
  {
    name: 'deleted-without-host',
    // the cell alone shows it: confirmed by a second scan, ten minutes later
    expect: 'suspected',
    vmState: 'deleted',
    created: days(50),
    updated: days(45),
    ports: 0,
    actions: [{ action: 'delete', ago: days(45), host: 'controller-01' }],
    how: 'A delete without a host wrote vm_state deleted and broke off before the soft delete.',
  },
  ...[1, 2].map((number): Telling => ({
    name: `shelved-offloaded-${number}`,
    expect: 'legitimate',
    vmState: 'shelved_offloaded',
    created: days(200),
    updated: days(100),
    mustSurvive: true,
    twinOf: 'failed-with-port',
    actions: [{ action: 'shelve', ago: days(100), result: 'Success' }],
    how: 'The tenant shelved it; offloaded, it has no host and waits in an image for its return.',
  })),
  {
    name: 'scheduling-now',
    kind: 'stuck-building',
    expect: 'legitimate',
    vmState: 'building',
    taskState: 'scheduling',
    created: 40,
    ports: 0,
    actions: [],
    mustSurvive: true,
    twinOf: 'scheduling-for-days',
    how: 'Its build is being scheduled right now.',
  },
  {
    name: 'build-requested',
    kind: 'stuck-building',
    expect: 'none',
    vmState: 'building',
    created: 10,
    inCell: false,
    mapping: 'no cell',
    buildRequest: true,
    mustSurvive: true,
    twinOf: 'scheduling-for-days',
    how: 'Was asked for ten seconds ago: nova_api has a build request, no cell has a row yet.',
  },
  {
    name: 'failed-just-now',
    kind: 'build-failed',
    expect: 'legitimate',
    cell: 'cell0',
    vmState: 'error',
    created: minutes(2),
    ports: 0,
    fault: noValidHost,
    actions: [],
    mustSurvive: true,
    twinOf: 'no-valid-host-1',
    how: 'The scheduler found no host two minutes ago; the tenant is still looking at the error.',
  },
];
