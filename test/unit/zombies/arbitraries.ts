import fc from 'fast-check';
import type { Dossier } from '../../../src/model/dossier';
import type { Domain, InstanceDirectory, InstanceRow, Migration } from '../../../src/model/facts';
import type { Scene } from '../../../src/model/scene';
import { cell0Uuid } from '../../../src/model/uuid';
import {
  cell1,
  cell2,
  daysAgo,
  directory,
  domain,
  dossier,
  host,
  minutesAgo,
  migration,
  row,
  scene,
  uuid,
} from './build';
import { specimens } from './specimens';

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
      mapping: fc.record({
        id: fc.constant(1),
        cell: fc.option(fc.constantFrom(cell1, cell2)),
        cellId: fc.constant(1),
        queuedForDelete: fc.boolean(),
        projectId: fc.constant('d3b1'),
        createdAt: time,
      }),
      buildRequestedAt: time,
      migrations: some(anyMigration),
      deleteActions: some(maybeTime.map((startTime) => ({ cell: cell1, action: 'delete', startTime }))),
      allocations: some(
        fc.constantFrom(...hostNames, 'elsewhere').map((provider) => ({ providerUuid: uuid, provider })),
      ),
      domains: some(anyDomain),
      directories: some(anyDirectory),
      leftovers: some(
        fc.constantFrom(cell1, 'api').map((database) => ({ database, table: 'tags', rows: 2 })),
      ),
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
  'migrations',
  'deleteActions',
  'allocations',
  'domains',
  'directories',
  'leftovers',
] as const;

/** A zombie that differs from a specimen in a facet or two, or in one fact of its row. */
const nearSpecimen: fc.Arbitrary<Dossier> = fc
  .tuple(
    fc.constantFrom(...specimens.map((specimen) => specimen.dossier)),
    random,
    fc.subarray([...facets], { maxLength: 2 }),
    fc.option(fc.tuple(anyRow, fc.constantFrom(...rowFacts))),
  )
  .map(([specimen, other, changed, fact]) => ({
    ...specimen,
    ...Object.fromEntries(changed.filter((facet) => facet in other).map((facet) => [facet, other[facet]])),
    rows: specimen.rows.map((each) => (fact === null ? each : { ...each, [fact[1]]: fact[0][fact[1]] })),
  }));

export const anyDossier: fc.Arbitrary<Dossier> = fc.oneof(random, nearSpecimen);

const troubled: fc.Arbitrary<Scene> = fc
  .record({
    silent: fc.subarray(hostNames, { maxLength: 1 }),
    left: fc.constantFrom(hostNames, hostNames, hostNames.slice(0, 2)),
    shared: fc.constantFrom(false, false, true),
    missingDomains: fc.constantFrom(0, 1, 9),
    lastSeenUp: fc.constantFrom(minutesAgo(0.1), minutesAgo(0.1), daysAgo(3)),
    disabled: fc.boolean(),
    unread: fc.subarray(['api-database', `cell:${cell1}`, 'placement'], { maxLength: 1 }),
  })
  .map(({ silent, left, shared, disabled, unread, ...facts }) =>
    scene({
      hosts: left.map((each) =>
        host(each, {
          ...facts,
          silent: silent.includes(each),
          sharedStorage: shared,
          service: { disabled, forcedDown: false },
        }),
      ),
      unread,
    }),
  );

/** Everything answers, and the nova-compute that the specimens name is dead. */
const deadHost = scene({ particulars: { 'compute-01': { lastSeenUp: daysAgo(3), expectedDomains: 1 } } });

export const anyScene: fc.Arbitrary<Scene> = fc.oneof(fc.constantFrom(scene(), scene(), deadHost), troubled);
