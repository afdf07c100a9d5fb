/** A row of `instances` in one cell, with the columns that the kinds look at. Times are ISO 8601, UTC. */
export interface InstanceRow {
  /** UUID of the cell whose database holds the row */
  readonly cell: string;
  readonly id: number;
  readonly uuid: string;
  readonly displayName: string | null;
  readonly projectId: string | null;
  readonly userId: string | null;
  readonly host: string | null;
  readonly node: string | null;
  readonly vmState: string | null;
  readonly taskState: string | null;
  readonly powerState: number | null;
  /** 0 for a live row, the row's id once Nova has soft-deleted it (oslo.db, SoftDeleteMixin) */
  readonly deleted: number;
  readonly cleaned: number;
  readonly hidden: boolean;
  readonly locked: boolean;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly deletedAt: string | null;
  readonly launchedAt: string | null;
}

/** A row of `nova_api.instance_mappings`. `cell` is null while the scheduler has not placed the instance. */
export interface InstanceMapping {
  readonly id: number;
  readonly cell: string | null;
  readonly cellId: number | null;
  readonly queuedForDelete: boolean;
  readonly projectId: string;
  readonly createdAt: string | null;
}

/** A row of `migrations`, in whichever cell it was found. */
export interface Migration {
  readonly cell: string;
  readonly id: number;
  readonly uuid: string | null;
  readonly status: string | null;
  readonly type: string | null;
  readonly sourceCompute: string | null;
  readonly destCompute: string | null;
  readonly updatedAt: string | null;
  readonly createdAt: string | null;
}

/** A row of `instance_actions` that says someone asked for the instance to be deleted. */
export interface DeleteAction {
  readonly cell: string;
  /** `delete`, whatever its form: nova/compute/instance_actions.py */
  readonly action: string;
  readonly startTime: string | null;
}

/** A volume that a live row of `block_device_mapping` names. */
export interface VolumeAttachment {
  readonly cell: string;
  readonly volumeId: string;
  readonly attachmentId: string | null;
}

/** A port in the cached network info of the instance. */
export interface CachedPort {
  readonly id: string;
  readonly addresses: readonly string[];
  /** Nova made it, and deletes it with the instance; otherwise its owner made it beforehand, or that is not known */
  readonly madeByNova?: true;
}

/** An allocation of Placement whose consumer is the instance. `provider` is the resource provider's name. */
export interface Allocation {
  readonly providerUuid: string;
  readonly provider: string;
}

/** Rows of one table that name the instance while the row of `instances` is not there. */
export interface Leftover {
  /** UUID of the cell, or `api` for the API database */
  readonly database: string;
  readonly table: string;
  readonly rows: number;
}

export type DomainState =
  'no state' | 'running' | 'idle' | 'paused' | 'in shutdown' | 'shut off' | 'crashed' | 'pmsuspended';

/** A libvirt domain on a host, defined or running. */
export interface Domain {
  readonly host: string;
  readonly uuid: string;
  readonly name: string;
  readonly state: DomainState;
  /** the `nova:instance` element of the domain's metadata; absent for a domain that Nova did not make */
  readonly nova?: NovaMetadata;
  /** source files of its disks */
  readonly disks: readonly string[];
}

export interface NovaMetadata {
  readonly name: string;
  readonly projectId?: string;
  readonly userId?: string;
}

/** `<uuid>`, `<uuid>_resize` or `<uuid>_del` under the instances path of a host. */
export interface InstanceDirectory {
  readonly host: string;
  readonly uuid: string;
  readonly suffix: '' | '_resize' | '_del';
  readonly path: string;
  /** apparent size of all files in bytes */
  readonly bytes: number;
  /** last write to the directory or any file in it */
  readonly modifiedAt: string;
}
