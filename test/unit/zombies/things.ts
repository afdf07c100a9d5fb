import type {
  BareMetalNode,
  CachedPort,
  CinderAttachment,
  ComputeRecord,
  FloatingIp,
  PciDevice,
  Port,
  TableRows,
  Volume,
} from '../../../src/model/facts';
import { cell1, daysAgo } from './build';

export const portId = 'aaaaaaaa-0000-4000-8000-000000000001';
export const otherPortId = 'aaaaaaaa-0000-4000-8000-000000000002';
export const volumeId = 'bbbbbbbb-0000-4000-8000-000000000001';
export const attachmentId = 'cccccccc-0000-4000-8000-000000000001';
export const nodeId = 'eeeeeeee-0000-4000-8000-000000000001';

/** Rows of one table of cell1; as many of them live as there are, unless it is said. */
export function rowsIn(table: string, rows = 1, live = rows): TableRows {
  return { cell: cell1, table, rows, live };
}

/** What an instance of Nova always has in its cell, all of it live. */
export const wholeTables: readonly TableRows[] = [
  rowsIn('instance_extra'),
  rowsIn('instance_info_caches'),
  rowsIn('instance_system_metadata', 8),
  rowsIn('block_device_mapping'),
  rowsIn('instance_actions', 3),
];

/** The same after Nova's own delete: marked but for what it keeps. */
export const deletedTables: readonly TableRows[] = wholeTables.map((each) =>
  each.table === 'instance_actions' ? each : { ...each, live: 0 },
);

/** A port that Nova plugged for an instance on compute-01. */
export function port(facts: Partial<Port> = {}): Port {
  return {
    id: portId,
    deviceOwner: 'compute:nova',
    projectId: 'd3b1',
    status: 'DOWN',
    addresses: ['172.20.69.4'],
    host: 'compute-01',
    createdAt: daysAgo(90),
    ...facts,
  };
}

export function cachedPort(facts: Partial<CachedPort> = {}): CachedPort {
  return { id: portId, addresses: ['172.20.69.4'], ...facts };
}

export function attachment(facts: Partial<CinderAttachment> = {}): CinderAttachment {
  return { id: attachmentId, volumeId, status: 'attached', volumeStatus: 'in-use', ...facts };
}

export function node(facts: Partial<BareMetalNode> = {}): BareMetalNode {
  const settled = { provisionState: 'active', maintenance: false, updatedAt: daysAgo(30) };
  return { uuid: nodeId, name: 'rack-7', ...settled, ...facts };
}

export function pciDevice(facts: Partial<PciDevice> = {}): PciDevice {
  return {
    cell: cell1,
    id: 3,
    address: '0000:81:00.1',
    status: 'allocated',
    host: 'compute-01',
    ...facts,
  };
}

/** Without a port, as most that are idle. */
export function floatingIp(facts: Partial<FloatingIp> = {}): FloatingIp {
  return { address: '203.0.113.9', portGone: false, projectId: 'd3b1', createdAt: daysAgo(30), ...facts };
}

export function volume(facts: Partial<Volume> = {}): Volume {
  const held = { status: 'in-use', sizeGib: 20, projectId: 'd3b1', attachments: 0, updatedAt: daysAgo(30) };
  return { name: 'data', ...held, ...facts };
}

/** A service of a host that was taken away long ago, and its node with it. */
export function computeRecord(facts: Partial<ComputeRecord> = {}): ComputeRecord {
  return {
    cell: cell1,
    table: 'services',
    id: 12,
    host: 'compute-77',
    lastSeenUp: daysAgo(40),
    twins: [],
    hasCounterpart: false,
    instances: 0,
    ...facts,
  };
}

/** The same without one fact: as where nobody read it. */
export function without<T extends object, K extends keyof T>(thing: T, fact: K): Omit<T, K> {
  const rest: Partial<T> = { ...thing };
  delete rest[fact];
  return rest as Omit<T, K>;
}
