import { plantInstance } from './instance';
import type { Plot } from './plot';
import type { Story } from './story';
import { days, ironic, minutes, uuidOf } from './world';

/** Instances that are right as they are and look wrong to a naive comparison. */
export function plantUnusual(plot: Plot): void {
  for (const story of singles) plantInstance(plot, { expect: 'none', created: days(90), ...story });
}

type Single = Omit<Story, 'expect' | 'created'> & Partial<Pick<Story, 'expect' | 'created'>>;

const singles: readonly Single[] = [
  {
    name: 'volume-backed-1',
    how: 'Boots from a volume: its directory has no disk.',
    cell: 'cell1',
    host: 'compute-01',
    vmState: 'active',
    volume: 'root',
    updated: days(40),
  },
  {
    name: 'volume-backed-2',
    how: 'Boots from a volume and is stopped: its directory has no disk.',
    cell: 'cell2',
    host: 'compute-03',
    vmState: 'stopped',
    volume: 'root',
    updated: days(12),
  },
  {
    name: 'no-nic',
    how: 'Was made without a network on purpose: network_info is [] for ever.',
    cell: 'cell1',
    host: 'compute-02',
    vmState: 'active',
    ports: 0,
  },
  {
    name: 'being-spawned',
    how: 'Its host builds it right now: directory there, domain not yet.',
    cell: 'cell1',
    host: 'compute-02',
    vmState: 'building',
    taskState: 'spawning',
    created: minutes(1),
    updated: 20,
    actions: [],
    directories: [{ host: 'compute-02', written: 15 }],
  },
  {
    name: 'metal-1',
    how: 'A bare-metal server: Ironic has no domain to ask for.',
    cell: 'cell1',
    host: ironic.host,
    node: ironic.node,
    vmState: 'active',
    allocations: [ironic.host],
  },
  {
    name: 'migrating-now',
    how: 'Is live-migrated from compute-01 to compute-02 right now; both have the domain.',
    expect: 'unknown',
    cell: 'cell1',
    host: 'compute-01',
    vmState: 'active',
    taskState: 'migrating',
    updated: minutes(1),
    domain: [
      { host: 'compute-01', state: 'running' },
      { host: 'compute-02', state: 'paused' },
    ],
    allocations: ['compute-02'],
    migrations: [
      {
        type: 'live-migration',
        status: 'running',
        source: 'compute-01',
        destination: 'compute-02',
        ago: minutes(1),
      },
    ],
    directories: [
      { host: 'compute-01', written: minutes(2) },
      { host: 'compute-02', written: minutes(1) },
    ],
  },
  {
    name: 'migrated-row-behind',
    twinOf: 'deleted-still-running',
    expect: 'suspected',
    kind: 'domain-on-another-host',
    also: ['domain-gone'],
    how: 'Was live-migrated to compute-02, but Nova failed in the last step and the row still names compute-01.',
    cell: 'cell1',
    host: 'compute-01',
    vmState: 'active',
    updated: days(2),
    domain: [{ host: 'compute-02', state: 'running' }],
    allocations: ['compute-02'],
    migrations: [
      {
        type: 'live-migration',
        status: 'error',
        source: 'compute-01',
        destination: 'compute-02',
        ago: days(2),
      },
    ],
    directories: [{ host: 'compute-02', written: days(2) }],
  },
  {
    name: 'resized-unconfirmed',
    twinOf: 'resize-left-behind',
    expect: 'legitimate',
    also: ['leftover-resize-directory'],
    how: 'Was resized and waits for the tenant to confirm: the source keeps the old disk as _resize.',
    cell: 'cell1',
    host: 'compute-02',
    vmState: 'resized',
    large: true,
    updated: days(5),
    domain: 'running',
    migrations: [
      { type: 'resize', status: 'finished', source: 'compute-01', destination: 'compute-02', ago: days(5) },
    ],
    directories: [
      { host: 'compute-02', written: days(5) },
      { host: 'compute-01', suffix: '_resize', written: days(5), bytes: 20 * 2 ** 30 },
    ],
  },
  {
    name: 'cross-cell',
    kind: 'instance-in-two-cells',
    also: ['instance-without-host', 'power-state-differs'],
    expect: 'unknown',
    how: 'Is resized into another cell right now; the copy over there is hidden.',
    cell: 'cell1',
    host: 'compute-02',
    vmState: 'active',
    taskState: 'resize_migrating',
    updated: minutes(3),
    domain: 'shutoff',
    migrations: [
      {
        type: 'resize',
        status: 'migrating',
        source: 'compute-02',
        destination: 'compute-03',
        ago: minutes(3),
        crossCell: true,
      },
    ],
    directories: [{ host: 'compute-02', written: minutes(3) }],
  },
  {
    name: 'cross-cell',
    kind: 'instance-in-two-cells',
    also: ['instance-without-host', 'power-state-differs'],
    twinOf: 'failed-with-port',
    expect: 'unknown',
    how: 'The hidden copy of a cross-cell resize: the same UUID, no host yet.',
    cell: 'cell2',
    host: null,
    vmState: 'active',
    taskState: 'resize_migrating',
    updated: minutes(3),
    hidden: true,
    migrations: [
      {
        type: 'resize',
        status: 'migrating',
        source: 'compute-02',
        destination: 'compute-03',
        ago: minutes(3),
        crossCell: true,
      },
    ],
  },
  {
    name: 'soft-deleted-restorable',
    how: 'The tenant deleted it and may restore it: deferred delete is on.',
    cell: 'cell1',
    host: 'compute-01',
    vmState: 'soft-delete',
    updated: days(1),
    actions: [{ action: 'delete', ago: days(1), result: 'Success' }],
  },
  {
    name: 'shelved',
    how: 'Is shelved and not yet offloaded: domain shut off, directory there.',
    cell: 'cell1',
    host: 'compute-02',
    vmState: 'shelved',
    updated: days(9),
    actions: [{ action: 'shelve', ago: days(9), result: 'Success' }],
  },
];

/** A domain that an admin made by hand: no Nova metadata, no row, nobody's zombie. */
export function plantHandmadeDomain(plot: Plot): void {
  const uuid = uuidOf('handmade domain');
  plot.domains.push({ host: 'compute-01', name: 'backup-appliance', uuid, state: 'running' });
  plot.planted.push({
    uuid,
    name: 'backup-appliance',
    how: 'An admin made this domain by hand; Nova never knew it and its XML has no Nova metadata.',
    expect: 'legitimate',
    also: ['domain-without-instance'],
    host: 'compute-01',
    twinOf: 'unknown-domain',
    mustSurvive: true,
  });
}
