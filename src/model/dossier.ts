import type {
  Allocation,
  CachedPort,
  DeleteAction,
  Domain,
  InstanceDirectory,
  InstanceMapping,
  InstanceRow,
  Leftover,
  Migration,
  VolumeAttachment,
} from './facts';

/**
 * What one pass over the live rows and the hosts shows of one UUID. Cheap, and made for every live instance;
 * a kind decides on it whether the UUID is worth a dossier.
 */
export interface Glimpse {
  readonly uuid: string;
  /** rows with deleted = 0; more than one when several cells have one */
  readonly liveRows: readonly InstanceRow[];
  readonly domains: readonly Domain[];
  readonly directories: readonly InstanceDirectory[];
  readonly leftovers: readonly Leftover[];
}

/** Everything read about one UUID, in a read view that is newer than the look at the hosts. */
export interface Dossier {
  readonly uuid: string;
  /** in every cell that answered, deleted or not */
  readonly rows: readonly InstanceRow[];
  /** UUIDs of the cells whose `shadow_instances` has the instance */
  readonly shadowCells: readonly string[];
  readonly mapping?: InstanceMapping;
  /** when the build request was made; absent when there is none */
  readonly buildRequestedAt?: string;
  readonly migrations: readonly Migration[];
  readonly deleteActions: readonly DeleteAction[];
  readonly volumes: readonly VolumeAttachment[];
  readonly ports: readonly CachedPort[];
  readonly allocations: readonly Allocation[];
  readonly domains: readonly Domain[];
  readonly directories: readonly InstanceDirectory[];
  readonly leftovers: readonly Leftover[];
}
