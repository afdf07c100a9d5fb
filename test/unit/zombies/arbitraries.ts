import fc from 'fast-check';
import type { Dossier } from '../../../src/model/dossier';
import type { Domain, InstanceDirectory, InstanceRow, Migration } from '../../../src/model/facts';
import type { Keep, Scene } from '../../../src/model/scene';
import { cell0Uuid } from '../../../src/model/uuid';
import {
  cell1,
  cell2,
  consumer,
  daysAgo,
  directory,
  domain,
  dossier,
  host,
  mapping,
  minutesAgo,
  migration,
  row,
  scene,
  uuid,
} from './build';
import type { Specimen } from './specimen';
import { specimens } from './specimens';
import {
  attachment,
  computeRecord,
  deletedTables,
  floatingIp,
  node,
  pciDevice,
  port,
  rowsIn,
  volume,
  volumeId,
} from './things';

const keep: Keep = { scope: 'instance', id: uuid, reason: 'ours', author: 'ann', since: daysAgo(2) };
const hostNames = ['compute-01', 'compute-02', 'compute-03'];
const anyHost = fc.constantFrom(...hostNames);
const time = fc.constantFrom(
  daysAgo(40),
  daysAgo(14),
  daysAgo(1),
  minutesAgo(45),
  minutesAgo(2),
  'not a time',
  '',
);
const maybeTime = fc.option(time);
const name = fc.constantFrom('web-01', "'; DROP TABLE instances; --", '\n*/', '\u202e\u2028', '');

const anyRow: fc.Arbitrary<InstanceRow> = fc
  .record({
    cell: fc.constantFrom(cell1, cell2, cell0Uuid),
    host: fc.option(fc.constantFrom(...hostNames, '', 'gone-01'), { freq: 6 }),
    node: fc.option(anyHost.map((each) => `${each}.example.org`)),
    displayName: name,
    vmState: fc.constantFrom(
      'active',
      'building',
      'error',
      'deleted',
      'soft-delete',
      'shelved_offloaded',
      'resized',
      'stopped',
      null,
    ),
    powerState: fc.constantFrom(1, 1, 4, null),
    taskState: fc.constantFrom(null, null, null, 'deleting', 'soft-deleting', 'migrating', 'scheduling'),
    deleted: fc.constantFrom(0, 0, 7, 1),
    cleaned: fc.constantFrom(0, 1),
    hidden: fc.constantFrom(false, false, false, true),
    createdAt: maybeTime,
    updatedAt: maybeTime,
    deletedAt: maybeTime,
    launchedAt: maybeTime,
  })
  .map(row);

const anyMigration: fc.Arbitrary<Migration> = fc
  .tuple(
    fc.constantFrom('completed', 'completed', 'confirmed', 'error', 'finished', 'running', null),
    fc.record({ sourceCompute: fc.option(anyHost), destCompute: fc.option(anyHost), createdAt: maybeTime }),
  )
  .map(([status, facts]) => migration(status, facts));

const anyDomain: fc.Arbitrary<Domain> = fc
  .tuple(anyHost, name, fc.constantFrom('running' as const, 'running' as const, 'shut off' as const))
  .map(([on, called, state]) => domain(on, { nova: { name: called }, state }));

const anyDirectory: fc.Arbitrary<InstanceDirectory> = fc
  .tuple(
    anyHost,
    fc.record({
      suffix: fc.constantFrom('' as const, '_resize' as const, '_del' as const),
      modifiedAt: time,
    }),
  )
  .map(([on, facts]) => directory(on, facts));

function some<T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.array(item, { maxLength: 2 });
}

const random: fc.Arbitrary<Dossier> = fc
  .record(
    {
      rows: some(anyRow),
      shadowCells: fc.subarray([cell1]),
      mapping: fc
        .record({
          cell: fc.option(fc.constantFrom(cell1, cell2)),
          queuedForDelete: fc.boolean(),
          createdAt: time,
        })
        .map((facts) => mapping({ ...facts, cellId: facts.cell === null ? null : 1 })),
      buildRequestedAt: time,
      consumer: fc.record({ createdAt: time }).map(consumer),
      migrations: some(anyMigration),
      deleteActions: some(maybeTime.map((startTime) => ({ cell: cell1, action: 'delete', startTime }))),
      allocations: some(
        fc.constantFrom(...hostNames, 'elsewhere').map((provider) => ({ providerUuid: uuid, provider })),
      ),
      domains: some(anyDomain),
      directories: some(anyDirectory),
      leftovers: some(
        fc
          .tuple(fc.constantFrom(cell1, 'api'), fc.constantFrom('tags', 'instance_extra'))
          .map(([database, table]) => ({ database, table, rows: 2 })),
      ),
      tables: fc.subarray([
        ...deletedTables,
        rowsIn('instance_metadata'),
        rowsIn('fixed_ips'),
        rowsIn('share_mapping'),
        rowsIn('console_auth_tokens'),
      ]),
      pciDevices: some(
        fc.constantFrom(pciDevice(), pciDevice({ host: null }), pciDevice({ status: 'available' })),
      ),
      tokensExpiredAt: time,
      neutronPorts: some(
        fc
          .tuple(fc.constantFrom('compute:nova', 'network:dhcp', ''), time)
          .map(([deviceOwner, createdAt]) => port({ deviceOwner, createdAt })),
      ),
      attachments: some(fc.constantFrom(attachment(), attachment({ multiattach: true }))),
      volumes: some(fc.constant({ cell: cell1, volumeId, attachmentId: null })),
      missingVolumes: fc.subarray([volumeId]),
      nodes: some(
        fc.constantFrom('active', 'available', 'cleaning').map((state) => node({ provisionState: state })),
      ),
      projectGone: fc.boolean(),
      novaApi: fc.constantFrom('present' as const, 'absent' as const),
      volume: time.map((updatedAt) => volume({ updatedAt })),
      floatingIp: time.map((createdAt) => floatingIp({ createdAt })),
      computeRecord: time.map((lastSeenUp) => computeRecord({ lastSeenUp })),
    },
    {
      requiredKeys: [
        'rows',
        'migrations',
        'deleteActions',
        'allocations',
        'domains',
        'directories',
        'leftovers',
        'shadowCells',
        'tables',
        'pciDevices',
        'neutronPorts',
        'attachments',
        'volumes',
        'missingVolumes',
        'nodes',
        'projectGone',
      ],
    },
  )
  .map(dossier);

const rowFacts = [
  'host',
  'vmState',
  'taskState',
  'powerState',
  'updatedAt',
  'deleted',
  'hidden',
  'createdAt',
  'deletedAt',
] as const;
const facets = [
  'shadowCells',
  'mapping',
  'consumer',
  'migrations',
  'deleteActions',
  'allocations',
  'domains',
  'directories',
  'leftovers',
  'tables',
  'pciDevices',
  'tokensExpiredAt',
  'neutronPorts',
  'attachments',
  'nodes',
  'novaApi',
  'volume',
  'floatingIp',
  'computeRecord',
] as const;

/** A zombie that differs from a specimen in a facet or two, or in one fact of its row. */
export function near({ kind, dossier: zombie }: Specimen): fc.Arbitrary<Dossier> {
  return fc
    .tuple(
      random,
      fc.subarray([...facets], { maxLength: 2 }),
      fc.option(fc.tuple(anyRow, fc.constantFrom(...rowFacts))),
      fc.constantFrom(0, 3),
    )
    .map(([other, changed, fact, consumers]) => ({
      ...zombie,
      ...(zombie.provider === undefined ? {} : { provider: { ...zombie.provider, consumers } }),
      // Hosts, migrations and allocations are named for instances alone.
      ...Object.fromEntries(
        changed
          .filter((facet) => facet in other && kind.subject === 'instance')
          .map((facet) => [facet, other[facet]]),
      ),
      rows: zombie.rows.map((each, index) =>
        fact === null || index > 0 ? each : { ...each, [fact[1]]: fact[0][fact[1]] },
      ),
    }));
}

export const anyDossier: fc.Arbitrary<Dossier> = fc.oneof(random, ...specimens.map(near));

const trouble = fc.record({
  silent: fc.subarray(hostNames, { maxLength: 1 }),
  left: fc.constantFrom(hostNames, hostNames, hostNames.slice(0, 2)),
  shared: fc.constantFrom(false, false, true),
  facts: fc.record({
    missingDomains: fc.constantFrom(0, 1, 9),
    lastSeenUp: fc.constantFrom(minutesAgo(0.1), minutesAgo(0.1), daysAgo(3)),
  }),
  disabled: fc.boolean(),
  unread: fc.subarray(['api-database', `cell:${cell1}`, 'placement', 'neutron'], { maxLength: 1 }),
  seenBefore: fc.constantFrom(true, true, false),
  keeps: fc.constantFrom<Keep[][]>([], [], [], [keep]),
});

/** One in which the specimen is at home, or one with some trouble. */
export function sceneOf({ scene: usual }: Pick<Specimen, 'scene'>): fc.Arbitrary<Scene> {
  const troubled = trouble.map(({ silent, left, shared, disabled, facts, ...rest }) =>
    scene({
      ...usual,
      hosts: left.map((each) =>
        host(each, {
          ...facts,
          silent: silent.includes(each),
          sharedStorage: shared,
          service: { disabled, forcedDown: false },
        }),
      ),
      ...rest,
    }),
  );
  return fc.oneof(fc.constant(scene(usual)), troubled);
}

/** Everything answers, and the nova-compute that the specimens name is dead. */
const deadHost = { particulars: { 'compute-01': { lastSeenUp: daysAgo(3), expectedDomains: 1 } } };

export const anyScene: fc.Arbitrary<Scene> = fc.oneof(sceneOf({}), fc.constant(scene(deadHost)));
