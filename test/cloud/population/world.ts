import { createHash } from 'node:crypto';
import type { CellName } from '../planted';

export type HostName =
  'compute-01' | 'compute-02' | 'compute-03' | 'compute-04' | 'compute-05' | 'compute-06';

/** A host of the demo cloud; `state` is what somebody who asks it over SSH meets. */
export interface HostFacts {
  readonly name: HostName;
  readonly address: string;
  readonly cell?: 'cell1' | 'cell2';
  readonly state: 'up' | 'silent';
  /** False for a decommissioned host that Nova lists no more. */
  readonly known: boolean;
  /** Why an operator disabled its nova-compute, which is alive. */
  readonly maintenance?: string;
  /** It was installed anew: its compute node has another UUID than Placement's resource provider. */
  readonly reinstalled?: boolean;
}

export const hosts: readonly HostFacts[] = [
  { name: 'compute-01', address: '127.0.1.1', cell: 'cell1', state: 'up', known: true },
  { name: 'compute-02', address: '127.0.1.2', cell: 'cell1', state: 'up', known: true },
  {
    name: 'compute-03',
    address: '127.0.1.3',
    cell: 'cell2',
    state: 'up',
    known: true,
    maintenance: 'a fan is to be replaced',
  },
  { name: 'compute-04', address: '127.0.1.4', cell: 'cell2', state: 'silent', known: true },
  { name: 'compute-05', address: '127.0.1.5', cell: 'cell1', state: 'up', known: true, reinstalled: true },
  { name: 'compute-06', address: '127.0.1.6', state: 'up', known: false },
];

/** The bare-metal service: one nova-compute, a node for each machine, no hypervisor to ask. */
export const ironic = {
  host: 'ironic-01',
  node: uuidOf('ironic node 1'),
  /** the machines beside the first */
  others: [2, 3, 4, 5].map((number) => uuidOf(`ironic node ${number}`)),
} as const;

export const cells: readonly {
  readonly name: CellName;
  readonly id: number;
  readonly uuid: string;
  readonly database: string;
}[] = [
  { name: 'cell0', id: 1, uuid: '00000000-0000-0000-0000-000000000000', database: 'nova_cell0' },
  { name: 'cell1', id: 2, uuid: uuidOf('cell1'), database: 'nova_cell1' },
  { name: 'cell2', id: 3, uuid: uuidOf('cell2'), database: 'nova_cell2' },
];

export const databases = ['nova_api', 'nova_cell0', 'nova_cell1', 'nova_cell2', 'placement'] as const;
export type DatabaseName = (typeof databases)[number];

/** The last two are no usual tenants: `asleep` is disabled in Keystone, `defunct` was deleted there and nowhere else. */
export const projects = ['shop', 'billing', 'research', 'platform', 'asleep', 'defunct'].map((name) => ({
  name,
  id: hexOf(`project ${name}`),
}));
export const usualProjects = 4;
export const deletedProject = 'defunct';
export const users = ['anna', 'boris', 'chen', 'dalia', 'edda', 'farid'].map((name) => ({
  name,
  id: hexOf(`user ${name}`),
}));
export const image = uuidOf('image debian-12');
/** nova.virt.libvirt.imagecache names a base image by the SHA-1 of its image id. */
export const baseImage = createHash('sha1').update(image).digest('hex');

export interface Flavor {
  readonly id: number;
  readonly name: string;
  readonly vcpus: number;
  readonly memoryMb: number;
  readonly rootGb: number;
  readonly flavorid: string;
}

export const flavors = [
  { id: 1, name: 'm1.small', vcpus: 1, memoryMb: 2048, rootGb: 20, flavorid: uuidOf('flavor m1.small') },
  { id: 2, name: 'm1.large', vcpus: 4, memoryMb: 8192, rootGb: 80, flavorid: uuidOf('flavor m1.large') },
] as const satisfies readonly Flavor[];

/** The same text gives the same version 4 UUID in every run, so that tests and screenshots can name one. */
export function uuidOf(text: string): string {
  const hex = hexOf(text);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

function hexOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

export function minutes(count: number): number {
  return count * 60;
}

export function days(count: number): number {
  return count * 86_400;
}
