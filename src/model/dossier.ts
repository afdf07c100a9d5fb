import type {
  Allocation,
  BareMetalNode,
  CachedPort,
  CinderAttachment,
  ComputeRecord,
  Consumer,
  DeleteAction,
  Domain,
  FloatingIp,
  InstanceDirectory,
  InstanceMapping,
  InstanceRow,
  LiveRow,
  Leftover,
  Migration,
  PciDevice,
  Port,
  ResourceProvider,
  TableRows,
  Volume,
  VolumeAttachment,
  VolumeUser,
} from './facts';
import type { Sign } from './sign';

/**
 * What one pass over the live rows and the hosts shows of one UUID. Cheap, and made for every live instance;
 * a kind decides on it whether the UUID is worth a dossier.
 */
export interface Glimpse {
  readonly uuid: string;
  /** rows with deleted = 0; more than one when several cells have one */
  readonly liveRows: readonly LiveRow[];
  readonly domains: readonly Domain[];
  readonly directories: readonly InstanceDirectory[];
  readonly leftovers: readonly Leftover[];
  readonly signs: ReadonlySet<Sign>;
}

/**
 * Everything read about one UUID, in a read view that is newer than the look at the hosts. Mostly that of an instance;
 * a volume, a floating IP, a resource provider and a compute record have theirs too.
 */
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
  /** of the volume that the UUID may be that of */
  readonly volumeUsers: readonly VolumeUser[];
  readonly ports: readonly CachedPort[];
  readonly allocations: readonly Allocation[];
  readonly domains: readonly Domain[];
  readonly directories: readonly InstanceDirectory[];
  readonly leftovers: readonly Leftover[];
  /** rows of the tables of `cellTables`, in each cell that has or had its row */
  readonly tables: readonly TableRows[];
  readonly pciDevices: readonly PciDevice[];
  /** when its newest console token expired, ISO 8601 UTC; absent when it has none */
  readonly tokensExpiredAt?: string;
  /** how Placement knows it as a consumer; absent when it does not */
  readonly consumer?: Consumer;
  /** in Neutron, by their device; empty also where Neutron was not read */
  readonly neutronPorts: readonly Port[];
  /** in Cinder, by their server */
  readonly attachments: readonly CinderAttachment[];
  /** ids of `volumes` that Cinder says it does not have */
  readonly missingVolumes: readonly string[];
  readonly nodes: readonly BareMetalNode[];
  /** Keystone says that it has no such project */
  readonly projectGone: boolean;
  /** what Nova's own API says of it; absent when it was not asked or did not answer */
  readonly novaApi?: 'present' | 'absent';
  /** set when the UUID is that of one of these */
  readonly volume?: Volume;
  readonly floatingIp?: FloatingIp;
  readonly provider?: ResourceProvider;
  readonly computeRecord?: ComputeRecord;
}
