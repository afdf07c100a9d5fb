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
  /** `compute_nodes.id`, in releases since 2023.2; null in others */
  readonly computeId: number | null;
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

/** What the first pass keeps of every live row: little, as there are many. A dossier has the whole row. */
export type LiveRow = Pick<
  InstanceRow,
  | ('uuid' | 'cell' | 'projectId' | 'host' | 'vmState' | 'taskState' | 'powerState' | 'hidden')
  | ('createdAt' | 'updatedAt' | 'deletedAt' | 'launchedAt')
>;

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

/** An instance of which a live row of `block_device_mapping` names a volume. */
export interface VolumeUser {
  readonly cell: string;
  readonly instance: string;
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

/**
 * Rows of one table of a cell that name the instance, more than none but for `tablesOfEveryInstance`. `live`: those
 * with deleted = 0; all where nothing is marked.
 */
export interface TableRows {
  readonly cell: string;
  readonly table: string;
  readonly rows: number;
  readonly live: number;
}

/** A row of `pci_devices` that names the instance. */
export interface PciDevice {
  readonly cell: string;
  readonly id: number;
  readonly address: string;
  /** allocated, claimed ...: nova/objects/fields.py, PciDeviceStatus */
  readonly status: string;
  /** of the compute node that has it; null when that is gone */
  readonly host: string | null;
}

/** A consumer of Placement: an instance, a migration, or something else that holds resources. */
export interface Consumer {
  /** `INSTANCE`, `MIGRATION` ...; absent before Placement API 1.38 */
  readonly type?: string;
  readonly projectId?: string;
  /** absent where Placement's API was asked: it does not tell */
  readonly createdAt?: string;
  /** when the newest of its allocations was written */
  readonly changedAt?: string;
  readonly allocations: number;
  /** set when the UUID is that of a row of `migrations`: it holds the source's resources while its instance moves */
  readonly migration?: {
    readonly cell: string;
    /** UUID of the instance that moves */
    readonly instance: string;
    readonly status: string | null;
    /** soft-deleted with its instance */
    readonly deleted: boolean;
  };
}

/** A port as Neutron has it. */
export interface Port {
  readonly id: string;
  readonly deviceOwner: string;
  readonly projectId: string;
  readonly status: string;
  readonly addresses: readonly string[];
  /** binding:host_id; absent when it is bound to none */
  readonly host?: string;
  readonly createdAt?: string;
  /** of the last change: one that was made long before may have been given to its device a moment ago */
  readonly updatedAt?: string;
}

/** An attachment as Cinder has it. */
export interface CinderAttachment {
  readonly id: string;
  readonly volumeId: string;
  /** attached, attaching, reserved, detached, error_attaching, error_detaching */
  readonly status: string;
  /** status of the volume */
  readonly volumeStatus?: string;
  readonly multiattach?: boolean;
  /** to which it is attached, by Nova's name; absent while it is not attached */
  readonly host?: string;
}

export interface Volume {
  /** a tenant's text */
  readonly name: string;
  readonly status: string;
  readonly sizeGib: number;
  readonly projectId?: string;
  readonly updatedAt?: string;
  readonly attachments: number;
}

export interface FloatingIp {
  readonly address: string;
  /** absent: bound to no port */
  readonly portId?: string;
  /** Neutron has no port of that id */
  readonly portGone: boolean;
  /** UUID of the device of its port, where that is an instance */
  readonly instance?: string;
  readonly projectId: string;
  readonly createdAt?: string;
}

/** A root provider that shares nothing with others: one that may stand for a compute node. */
export interface ResourceProvider {
  readonly name: string;
  /** consumers that hold something on it or below */
  readonly consumers: number;
  /** UUIDs of the compute nodes that have its name as hypervisor_hostname, or its UUID; its own among them fits */
  readonly namesakes: readonly string[];
  /** absent where Placement's API was asked */
  readonly createdAt?: string;
  /** only where Placement's API was asked, which does not tell when it was made */
  readonly changedAt?: string;
}

/** A row of `services` (nova-compute) or `compute_nodes`. */
export interface ComputeRecord {
  readonly cell: string;
  readonly table: 'services' | 'compute_nodes';
  readonly id: number;
  readonly host: string;
  /** `hypervisor_hostname` of a compute node */
  readonly node?: string;
  /** of a compute node, or of one of the service's */
  readonly hypervisorType?: string;
  /** of the service, or of the node's */
  readonly lastSeenUp?: string;
  /**
   * ids of other rows of its cell that are not soft-deleted and say the same host, or of a node the same
   * `hypervisor_hostname`: the host may be another one there, since (host, hypervisor_hostname, deleted) is unique
   */
  readonly twins: readonly number[];
  /** UUIDs of other cells that have such a row; absent: none */
  readonly otherCells?: readonly string[];
  /** in its cell the service of a node, or the nodes of a service, are there */
  readonly hasCounterpart: boolean;
  /** live rows of `instances` in its cell that name the host, and the node where it is one */
  readonly instances: number;
}

export interface BareMetalNode {
  readonly uuid: string;
  readonly name: string;
  readonly provisionState: string;
  readonly maintenance: boolean;
  readonly updatedAt?: string;
  /** of an allocation of Ironic's own: then the node's instance_uuid is this, and never was a server of Nova */
  readonly allocation?: string;
}
