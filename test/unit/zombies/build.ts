import type { Dossier } from '../../../src/model/dossier';
import type {
  Allocation,
  Consumer,
  Domain,
  InstanceDirectory,
  InstanceMapping,
  InstanceRow,
  Migration,
  ResourceProvider,
} from '../../../src/model/facts';
import {
  defaultThresholds,
  type CellFacts,
  type HostFacts,
  type Keep,
  type Scene,
  type Sighting,
} from '../../../src/model/scene';
import type { Gap, Source, SourceKind } from '../../../src/model/source';
import { cell0Uuid } from '../../../src/model/uuid';

export const uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
export const otherUuid = '5f1c9b1e-3f0e-4b0e-9a51-0d9f3a3c2b11';
export const cell1 = '11111111-1111-4111-8111-111111111111';
export const cell2 = '22222222-2222-4222-8222-222222222222';
export const now = new Date('2026-11-23T10:00:00Z');
/** when the hosts were read, and the databases a little later */
export const hostsReadAt = '2026-11-23T09:59:00Z';
export const rowsReadAt = '2026-11-23T09:59:30Z';

export function minutesAgo(minutes: number): string {
  return new Date(now.getTime() - minutes * 60_000).toISOString();
}

export function daysAgo(days: number): string {
  return minutesAgo(days * 24 * 60);
}

const silence: Gap = { code: 'unreachable', message: 'no answer', action: 'look at it' };

export function source(kind: SourceKind, id: string, complete = true): Source {
  const readAt = kind === 'host' ? hostsReadAt : rowsReadAt;
  const name = id.slice(id.indexOf(':') + 1);
  return { id, kind, name, complete, readAt, ...(complete ? {} : { gap: silence }) };
}

export interface HostChoices extends Partial<HostFacts> {
  readonly silent?: boolean;
  /** Nova knows no nova-compute there */
  readonly serviceless?: boolean;
}

export function host(name: string, facts: HostChoices = {}): HostFacts {
  const { silent = false, serviceless = false, ...rest } = facts;
  const service = { lastSeenUp: minutesAgo(0.1), service: { disabled: false, forcedDown: false } };
  return {
    name,
    source: source('host', `host:${name}`, !silent),
    listed: true,
    cells: [cell1],
    nodes: [`${name}.example.org`],
    computeNodes: [
      { cell: cell1, id: Number(name.slice(-2)), hypervisorHostname: `${name}.example.org`, uuid: null },
    ],
    hypervisorType: 'QEMU',
    ...(serviceless ? {} : service),
    expectedDomains: 10,
    missingDomains: 1,
    domains: 9,
    sharedStorage: false,
    ...rest,
  };
}

/** A cell that fits what the API database says of it. */
export function cell(name: string, facts: Partial<CellFacts> = {}): CellFacts {
  return { name, mapped: 80, missing: 1, newestAt: daysAgo(1), ...facts };
}

export interface SceneChoices {
  readonly cells?: ReadonlyMap<string, CellFacts>;
  readonly hosts?: readonly HostFacts[];
  /** what is particular about a host, whichever hosts there are */
  readonly particulars?: Readonly<Record<string, Partial<HostFacts>>>;
  /** ids of databases and services that did not answer */
  readonly unread?: readonly string[];
  /** ids of those that are not there at all */
  readonly absent?: readonly string[];
  /** the cloud has its APIs configured */
  readonly apis?: boolean;
  /** false: this is the first scan */
  readonly seenBefore?: boolean;
  readonly keeps?: readonly Keep[];
}

/** Whatever is looked at has been seen for a year. */
class SeenForLong extends Map<string, Sighting> {
  override get(): Sighting {
    return { first: daysAgo(365), last: minutesAgo(60), count: 100 };
  }
}

/** Three cells, the API database, every service, compute-01 and compute-02; everything answers. */
export function scene({ hosts, cells, ...choices }: SceneChoices = {}): Scene {
  const { unread = [], absent = [], apis = false, seenBefore = true, keeps = [], particulars = {} } = choices;
  const all = (hosts ?? [host('compute-01'), host('compute-02')]).map((each) => ({
    ...each,
    ...particulars[each.name],
  }));
  const databases: readonly Source[] = [
    source('api-database', 'api-database', !unread.includes('api-database')),
    source('cell', `cell:${cell0Uuid}`),
    source('cell', `cell:${cell1}`, !unread.includes(`cell:${cell1}`)),
    source('cell', `cell:${cell2}`, !unread.includes(`cell:${cell2}`)),
    ...(['placement', 'keystone', 'nova', 'neutron', 'cinder', 'ironic'] as const).map((service) =>
      source(service, service, !unread.includes(service)),
    ),
  ];
  return {
    now,
    thresholds: defaultThresholds,
    apis,
    sources: [...databases.filter(({ id }) => !absent.includes(id)), ...all.map((each) => each.source)],
    hosts: new Map(all.map((each) => [each.name, each])),
    cells:
      cells ??
      new Map([
        [cell1, cell('cell1')],
        [cell2, cell('cell2')],
      ]),
    sightings: seenBefore ? new SeenForLong() : new Map(),
    keeps,
  };
}

/** A healthy instance on compute-01. */
export function row(facts: Partial<InstanceRow> = {}): InstanceRow {
  return {
    cell: cell1,
    id: 7,
    uuid,
    displayName: 'web-01',
    projectId: 'd3b1',
    userId: 'a77e',
    host: 'compute-01',
    node: 'compute-01.example.org',
    computeId: null,
    vmState: 'active',
    taskState: null,
    powerState: 1,
    deleted: 0,
    cleaned: 0,
    hidden: false,
    locked: false,
    createdAt: daysAgo(90),
    updatedAt: daysAgo(14),
    deletedAt: null,
    launchedAt: daysAgo(90),
    ...facts,
  };
}

/** As the API database has a living instance. */
export function mapping(facts: Partial<InstanceMapping> = {}): InstanceMapping {
  const made = { projectId: 'd3b1', createdAt: daysAgo(90) };
  return { id: 1, cell: cell1, cellId: 1, queuedForDelete: false, ...made, ...facts };
}

/** Of an instance that has not been placed into a cell. */
export function unmapped(facts: Partial<InstanceMapping> = {}): InstanceMapping {
  return mapping({ cell: null, cellId: null, ...facts });
}

/** On the resource provider of a host. */
export function allocation(on: string): Allocation {
  return { providerUuid: `dddddddd-0000-4000-8000-0000000000${on.slice(-2)}`, provider: on };
}

export function consumer(facts: Partial<Consumer> = {}): Consumer {
  return { projectId: 'd3b1', createdAt: daysAgo(90), allocations: 3, ...facts };
}

/** That of compute-01, whose node has another UUID. */
export function provider(facts: Partial<ResourceProvider> = {}): ResourceProvider {
  const usual = { consumers: 0, namesakes: [otherUuid], createdAt: daysAgo(40) };
  return { name: 'compute-01.example.org', ...usual, ...facts };
}

/** With the mapping and the allocation that a live instance has. */
export function inOrder(facts: Dossier): Dossier {
  const live = facts.rows.find(({ deleted }) => deleted === 0);
  if (live === undefined) return facts;
  const home = live.host === null ? [] : [allocation(live.host)];
  return {
    ...facts,
    mapping: facts.mapping ?? mapping({ cell: live.cell }),
    allocations: facts.allocations.length > 0 ? facts.allocations : home,
  };
}

/** One row that is left in a table of the API database. */
export function leftIn(table: string): Dossier['leftovers'] {
  return [{ database: 'api', table, rows: 1 }];
}

/** The row as Nova leaves it after a delete. */
export function deletedRow(facts: Partial<InstanceRow> = {}): InstanceRow {
  return row({ deleted: 7, vmState: 'deleted', deletedAt: daysAgo(7), updatedAt: daysAgo(7), ...facts });
}

export function dossier(facts: Partial<Dossier> = {}): Dossier {
  return {
    uuid,
    rows: [],
    shadowCells: [],
    migrations: [],
    deleteActions: [],
    volumes: [],
    volumeUsers: [],
    ports: [],
    allocations: [],
    domains: [],
    directories: [],
    leftovers: [],
    tables: [],
    pciDevices: [],
    neutronPorts: [],
    attachments: [],
    missingVolumes: [],
    nodes: [],
    projectGone: false,
    ...facts,
  };
}

export function domain(on = 'compute-01', facts: Partial<Domain> = {}): Domain {
  return {
    host: on,
    uuid,
    name: 'instance-00000007',
    state: 'running',
    nova: { name: 'web-01', projectId: 'd3b1' },
    disks: [`/var/lib/nova/instances/${uuid}/disk`],
    ...facts,
  };
}

export function directory(on = 'compute-01', facts: Partial<InstanceDirectory> = {}): InstanceDirectory {
  const suffix = facts.suffix ?? '';
  return {
    host: on,
    uuid,
    suffix,
    path: `/var/lib/nova/instances/${uuid}${suffix}`,
    bytes: 1000,
    modifiedAt: daysAgo(7),
    ...facts,
  };
}

export function migration(status: string | null, facts: Partial<Migration> = {}): Migration {
  return {
    cell: cell1,
    id: 31,
    uuid,
    status,
    type: 'live-migration',
    sourceCompute: 'compute-01',
    destCompute: 'compute-02',
    createdAt: daysAgo(20),
    updatedAt: daysAgo(20),
    ...facts,
  };
}

export function deleteAction(startTime: string): Dossier['deleteActions'][number] {
  return { cell: cell1, action: 'delete', startTime };
}

export const leftovers: Dossier['leftovers'] = [
  { database: cell1, table: 'instance_info_caches', rows: 1 },
  { database: 'api', table: 'instance_mappings', rows: 1 },
];

/** What a living instance holds in the other services. */
export const holdings: Pick<Dossier, 'ports' | 'volumes' | 'allocations'> = {
  ports: [{ id: 'aaaaaaaa-0000-4000-8000-000000000001', addresses: ['172.20.69.4'] }],
  volumes: [
    {
      cell: cell1,
      volumeId: 'bbbbbbbb-0000-4000-8000-000000000001',
      attachmentId: 'cccccccc-0000-4000-8000-000000000001',
    },
  ],
  allocations: [{ providerUuid: 'dddddddd-0000-4000-8000-000000000001', provider: 'compute-01.example.org' }],
};
