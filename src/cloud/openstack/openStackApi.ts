import type { Attachment, Volume } from './cinderShapes';
import type { Project } from './identityShapes';
import type { BareMetalNode } from './ironicShapes';
import type { Listing } from './listing';
import type { PortFilter, Port } from './neutronShapes';
import type { FloatingIp } from './neutronFloatingIps';
import type { InstanceAction, ServerAction } from './serverActions';
import type { Hypervisor, Migration, MigrationFilter } from './novaHosts';
import type { Server, ServerFilter } from './novaServer';
import type { ComputeService } from './novaServices';
import type { ServiceType } from './openStackCloud';
import type {
  ConsumerAllocations,
  DatedProvider,
  ProviderConsumer,
  ResourceProvider,
  Resources,
} from './placementShapes';

/**
 * What the product asks of a cloud's APIs, and changes by them. A list rejects only with CancelledError: its gap says
 * what went wrong. Everything else rejects with an OperatorError, or CancelledError. A thing that is looked up is
 * undefined only when its service proved that there is none. A change is waited for once it was sent, cancelled or
 * not; `outcome-unknown` means that it may have happened.
 */
export interface OpenStackApi {
  /** whether the cloud has the service at all; many have no block storage */
  offers(service: ServiceType): Promise<boolean>;
  /** whether the Nova of another region, which this one does not know, uses the service too */
  isShared(service: ServiceType): Promise<boolean>;
  readonly identity: IdentityApi;
  readonly compute: ComputeApi;
  readonly placement: PlacementApi;
  readonly network: NetworkApi;
  readonly blockStorage: BlockStorageApi;
  readonly bareMetal: BareMetalApi;
  close(): void;
}

export interface IdentityApi {
  projects(signal?: AbortSignal): Promise<Listing<Project>>;
  project(id: string, signal?: AbortSignal): Promise<Project | undefined>;
}

export interface ComputeApi {
  /**
   * Servers of all projects. Incomplete when a cell is down: Nova leaves its servers out without a word as soon as a
   * filter or a marker is given ([api]list_records_by_skipping_down_cells, which no API tells), so its compute
   * services are looked at afterwards. A down cell0, which has none, shows only while all servers fit in one page.
   */
  servers(filter?: ServerFilter, signal?: AbortSignal): Promise<Listing<Server>>;
  /** The ids of all servers that are not deleted; incomplete when a cell is down, as `servers` is. */
  serverIds(signal?: AbortSignal): Promise<Listing<string>>;
  /** An error when Nova cannot know, as with a cell that is down. A wrong instance_mapping reads as none. */
  server(id: string, signal?: AbortSignal): Promise<Server | undefined>;
  /** What was asked of a server; also of a deleted one, while its rows are there. */
  instanceActions(id: string, signal?: AbortSignal): Promise<Listing<InstanceAction>>;
  services(signal?: AbortSignal): Promise<Listing<ComputeService>>;
  hypervisors(signal?: AbortSignal): Promise<Listing<Hypervisor>>;
  migrations(filter?: MigrationFilter, signal?: AbortSignal): Promise<Listing<Migration>>;
  /** Nova answers before the server is gone; one that is being deleted already is left as it is. */
  deleteServer(id: string, signal?: AbortSignal): Promise<void>;
  act(id: string, action: ServerAction, signal?: AbortSignal): Promise<void>;
}

export interface PlacementApi {
  /** What a consumer holds, instance or migration: nothing when Placement does not know it. */
  allocations(consumer: string, signal?: AbortSignal): Promise<ConsumerAllocations>;
  /** Removes all of it as it was read; `conflict` when the consumer has changed since. */
  deleteAllocations(read: ConsumerAllocations, signal?: AbortSignal): Promise<void>;
  /**
   * Removes what a consumer holds at one provider, and nothing else. When something else of the consumer changes
   * meanwhile, that is kept; when what it holds at this provider is not what was read, this is a `conflict`.
   */
  unsetProvider(read: ConsumerAllocations, provider: string, signal?: AbortSignal): Promise<void>;
  resourceProviders(signal?: AbortSignal): Promise<Listing<ResourceProvider>>;
  /** those of what others use, such as a pool of shared storage */
  sharingProviders(signal?: AbortSignal): Promise<Listing<ResourceProvider>>;
  resourceProvider(uuid: string, signal?: AbortSignal): Promise<DatedProvider | undefined>;
  /** what is used of a provider */
  usages(provider: string, signal?: AbortSignal): Promise<Resources>;
  /** all who hold something at a provider; none when it is gone */
  consumers(provider: string, signal?: AbortSignal): Promise<readonly ProviderConsumer[]>;
}

export interface NetworkApi {
  ports(filter?: PortFilter, signal?: AbortSignal): Promise<Listing<Port>>;
  port(id: string, signal?: AbortSignal): Promise<Port | undefined>;
  /** None where Neutron does not route. */
  floatingIps(signal?: AbortSignal): Promise<Listing<FloatingIp>>;
  floatingIp(id: string, signal?: AbortSignal): Promise<FloatingIp | undefined>;
  /** Deletes the port as it was read; `conflict` when it has changed since. */
  deletePort(read: Port, signal?: AbortSignal): Promise<void>;
  /** Makes the port as it was read free for another device; `conflict` when it has changed since. */
  unsetDevice(read: Port, signal?: AbortSignal): Promise<void>;
}

export interface BlockStorageApi {
  volumes(signal?: AbortSignal): Promise<Listing<Volume>>;
  volume(id: string, signal?: AbortSignal): Promise<Volume | undefined>;
  /** Of one instance, or all. */
  attachments(serverId?: string, signal?: AbortSignal): Promise<Listing<Attachment>>;
  attachmentsOfVolume(volumeId: string, signal?: AbortSignal): Promise<Listing<Attachment>>;
  /** `conflict` while Nova says that the server has the volume. */
  deleteAttachment(id: string, signal?: AbortSignal): Promise<void>;
  /** Changes what Cinder's database says, and nothing else: a connection that exists stays. */
  resetVolume(id: string, status: 'available' | 'error', signal?: AbortSignal): Promise<void>;
}

export interface BareMetalApi {
  /** All nodes, or those that are bound to an instance. */
  nodes(instanceUuid?: string, signal?: AbortSignal): Promise<Listing<BareMetalNode>>;
}
