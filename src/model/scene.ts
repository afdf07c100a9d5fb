import type { KindId } from './kindId';
import type { Source } from './source';

/** A row of `compute_nodes`. */
export interface ComputeNode {
  /** UUID of the cell */
  readonly cell: string;
  /** `instances.compute_id` of those that are on it, since 2023.2 */
  readonly id: number;
  readonly hypervisorHostname: string;
  /** null before the release that gave it one */
  readonly uuid: string | null;
}

/** A compute host as Nova and the host itself describe it. */
export interface HostFacts {
  readonly name: string;
  /** how the host answered */
  readonly source: Source;
  /** false when Nova lists the host in no cell any more */
  readonly listed: boolean;
  /** UUIDs of the cells whose services, compute_nodes, instances or host_mappings name the host; may be empty */
  readonly cells: readonly string[];
  /** `compute_nodes.hypervisor_type`, for example QEMU or ironic; absent when no row names it */
  readonly hypervisorType?: string;
  /** `compute_nodes.hypervisor_hostname` of its nodes, by which Placement and `instances.node` name it */
  readonly nodes: readonly string[];
  /** its rows of `compute_nodes` that are not soft-deleted, in every cell that answered */
  readonly computeNodes: readonly ComputeNode[];
  /** `services.last_seen_up` of its nova-compute, ISO 8601 UTC */
  readonly lastSeenUp?: string;
  /** `services.disabled`, and `forced_down` by an operator; absent when it has no nova-compute */
  readonly service?: { readonly disabled: boolean; readonly forcedDown: boolean };
  /** live rows with a domain due on this host, and how many of these have none: only when the host answered */
  readonly expectedDomains: number;
  readonly missingDomains: number;
  readonly domains: number;
  /** the instances path is on storage that other hosts use too */
  readonly sharedStorage: boolean;
  /** milliseconds by which its clock is ahead of `Scene.now`, negative when behind; absent when it did not answer */
  readonly aheadMs?: number;
}

/** Ages after which a state counts as stuck, in minutes. */
export interface Thresholds {
  readonly deletingMinutes: number;
  readonly buildingMinutes: number;
  /** Nova's own reaper acts on a deleted, still running instance within 1800 s */
  readonly runningDeletedMinutes: number;
  /** a directory written to within this time is in use */
  readonly directoryQuietMinutes: number;
  /** a migration, resize or evacuation that takes longer is stuck */
  readonly movingMinutes: number;
  /** a resize that waits longer for confirm or revert */
  readonly resizedMinutes: number;
  /** a soft-deleted instance that Nova should have reclaimed */
  readonly softDeletedMinutes: number;
  /** a nova-compute that reported longer ago is dead */
  readonly serviceDownMinutes: number;
  /** nova-compute compares power states every 600 s (sync_power_state_interval) */
  readonly powerStateMinutes: number;
  /** younger ports, attachments, allocations and volumes may belong to what is being built */
  readonly strayMinutes: number;
  /** a console token that expired longer ago */
  readonly tokenMinutes: number;
  /** what rests on one source is confirmed when it was seen twice, so far apart */
  readonly secondLookMinutes: number;
}

export const defaultThresholds: Thresholds = {
  deletingMinutes: 30,
  buildingMinutes: 60,
  runningDeletedMinutes: 60,
  directoryQuietMinutes: 60,
  movingMinutes: 360,
  resizedMinutes: 7 * 24 * 60,
  softDeletedMinutes: 30 * 24 * 60,
  serviceDownMinutes: 24 * 60,
  powerStateMinutes: 30,
  strayMinutes: 60,
  tokenMinutes: 24 * 60,
  secondLookMinutes: 10,
};

/**
 * How often, and since when, one kind was found on one UUID in scans one after the other. Its times are by the latest
 * of the clocks, and ages are counted by the earliest: no clock that is wrong or is set makes two looks of one.
 */
export interface Sighting {
  /** ISO 8601, UTC */
  readonly first: string;
  readonly last: string;
  readonly count: number;
}

/** What an operator marked as never to be suspected. */
export interface Keep {
  readonly scope: 'instance' | 'host' | 'project';
  /** UUID, host name or project id */
  readonly id: string;
  readonly reason: string;
  readonly author: string;
  /** ISO 8601, UTC */
  readonly since: string;
  /** ISO 8601, UTC: it counts until then; absent: for good */
  readonly expires?: string;
}

/** How well the database of a cell fits what the API database says of it. */
export interface CellFacts {
  readonly name: string;
  /** mappings to the cell of instances that are not being deleted, and how many of these have no row in any cell */
  readonly mapped: number;
  readonly missing: number;
  /** when its newest row of `instances` was made, ISO 8601 UTC; absent when it has none */
  readonly newestAt?: string;
}

/** What surrounds a dossier: the time, the sources and how they answered, the hosts. */
export interface Scene {
  /** by the earliest of the clocks of this machine, the API database and the cells: one that is ahead makes nothing older */
  readonly now: Date;
  readonly thresholds: Thresholds;
  /** the cloud has an entry of clouds.yaml: a run can ask its APIs */
  readonly apis?: boolean;
  readonly sources: readonly Source[];
  readonly hosts: ReadonlyMap<string, HostFacts>;
  /** by UUID, of the cells that answered */
  readonly cells: ReadonlyMap<string, CellFacts>;
  /** earlier scans, by `sightingKey` */
  readonly sightings: ReadonlyMap<string, Sighting>;
  /** those that have not expired */
  readonly keeps: readonly Keep[];
}

export function sightingKey(uuid: string, kind: KindId): string {
  return `${kind} ${uuid}`;
}
