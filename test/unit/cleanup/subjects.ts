import type { DatabaseContent, DraftSubject } from '../../../src/model/content';
import type { InstanceMapping, InstanceRow } from '../../../src/model/facts';
import { apiDatabaseId } from '../../../src/model/schema';
import type { Remedy, Suspect } from '../../../src/model/suspect';
import type { DraftInput } from '../../../src/cleanup/draft';
import { schemaOf } from './schemas';

export const uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
export const otherUuid = 'ddeb6e86-713e-44b0-b27c-88ae1cdece3f';
export const cell1 = '9f0c8a34-29e2-4b1e-8f5d-6a1de5ba6d4f';
export const cell2 = '77ab3a0e-6d4e-4a0b-9d93-0e4b3a3f1a52';

export const zed = schemaOf('zed', 'nova', 'nova_cell1');
export const zedApi = schemaOf('zed', 'nova_api', 'nova_api');

export const instance: InstanceRow = {
  cell: cell1,
  id: 29,
  uuid,
  displayName: 'web-01',
  projectId: '5f1e',
  userId: 'a3c2',
  host: 'compute-02',
  node: 'compute-02.example.org',
  computeId: null,
  vmState: 'active',
  taskState: 'deleting',
  powerState: 1,
  deleted: 0,
  cleaned: 0,
  hidden: false,
  locked: false,
  createdAt: '2026-01-10T08:00:00Z',
  updatedAt: '2026-11-09T10:31:07.000Z',
  deletedAt: null,
  launchedAt: '2026-01-10T08:01:00Z',
};

export const mapping: InstanceMapping = {
  id: 7,
  cell: cell1,
  cellId: 2,
  queuedForDelete: false,
  projectId: '5f1e',
  createdAt: '2026-01-10T08:00:00Z',
};

export const remedy: Remedy = {
  wanted: true,
  depth: 'mark-deleted',
  depths: ['mark-deleted', 'complete', 'archive', 'purge'],
  domains: [],
  directories: [],
  manual: [],
};

export const suspect: Suspect = {
  uuid,
  subject: 'instance',
  name: 'web-01',
  cell: cell1,
  addresses: ['172.20.69.4'],
  bytes: 0,
  also: [],
  kind: 'stuck-deleting',
  verdict: 'confirmed',
  why: 'a delete was asked for 14 days ago, and the row still says deleting',
  evidence: [
    { source: `cell:${cell1}`, text: 'task_state is deleting since 2026-11-09', at: '2026-11-23T10:30:51Z' },
    { source: 'host:compute-02', text: 'libvirt has no such domain', at: '2026-11-23T10:30:52Z' },
  ],
  cleared: ['no migration is in progress', 'every cell answered'],
  missing: [],
  ladder: [
    { title: 'restart nova-compute on compute-02, which finishes the delete' },
    { title: 'delete it again', command: `openstack server delete ${uuid}` },
  ],
  remedy,
};

const cellRows = {
  database: cell1,
  schema: zed,
  counts: new Map([
    ['instance_info_caches', 1],
    ['instance_info_caches:live', 1],
    ['instance_system_metadata', 5],
    ['instance_system_metadata:live', 4],
    ['virtual_interfaces', 2],
    ['instance_actions', 2],
    ['instance_actions:live', 2],
    ['instance_actions_events', 3],
    ['instance_actions_events:live', 3],
    ['tags', 1],
    ['pci_devices', 1],
    ['pci_devices:live', 1],
  ]),
};
/** Rows of an instance whose row of instances is gone. */
export const orphans: DatabaseContent = { ...cellRows, ids: new Map([['instance_actions', [101, 102]]]) };
/** A live instance with a row or two in some tables. */
export const cellContent: DatabaseContent = { ...orphans, instance };
export const cellWithoutIds: DatabaseContent = { ...cellRows, instance };

/** Rows of the API database without a mapping. */
export const apiOrphans: DatabaseContent = {
  database: apiDatabaseId,
  schema: zedApi,
  counts: new Map([
    ['build_requests', 1],
    ['request_specs', 1],
    ['instance_group_member', 1],
    ['instance_mappings', 1],
  ]),
};
export const apiContent: DatabaseContent = { ...apiOrphans, mapping };

export const subject: DraftSubject = { suspect, contents: [apiContent, cellContent] };

export function inputOf(...subjects: readonly DraftSubject[]): DraftInput {
  return {
    cloud: 'prod-eu',
    cells: [cell1, cell2],
    id: '3c0b7d6e-5a51-4d5c-8a34-8d8cf7f7f0f1',
    drafted: '2026-11-23T10:31:07Z',
    scanned: '2026-11-23T10:30:51Z',
    subjects,
    directories: 'quarantine',
  };
}

export function withRemedy(changes: Partial<Remedy>, also: Partial<Suspect> = {}): DraftSubject {
  return { ...subject, suspect: { ...suspect, ...also, remedy: { ...remedy, ...changes } } };
}
