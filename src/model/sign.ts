/**
 * What the first pass over a source shows of one UUID, and makes it worth a dossier. Evidence looks only for the signs
 * that some kind names. A sign is cheap and wide: the dossier decides.
 */
export type Sign =
  /** rows with deleted = 0 below a row of `instances` that is soft-deleted */
  | 'live-rows-of-deleted'
  /** `deleted` is neither 0 nor the row's id, or `deleted_at` is NULL in a soft-deleted row of `instances` */
  | 'deleted-by-hand'
  /** a live row of `instances` without its row in `instance_extra` or `instance_info_caches` */
  | 'torn'
  /** `fixed_ips` or `consoles` name a soft-deleted instance */
  | 'legacy-rows'
  /** `pci_devices` has it allocated or claimed, and no live row has the UUID */
  | 'pci-device-held'
  /** a row of `migrations` in progress, not updated for a while */
  | 'migration-in-progress'
  /** `console_auth_tokens` that expired long ago */
  | 'expired-token'
  /** `share_mapping` names a soft-deleted instance */
  | 'share-of-deleted'
  /** `network_info` is NULL, empty or [] in the cache of a live row */
  | 'empty-network-info'
  /** the UUID is that of a row of `services` or `compute_nodes` that has a twin, or lacks its counterpart */
  | 'stray-compute-record'
  /** a mapping whose cell is NULL */
  | 'mapping-without-cell'
  /** a live row of a cell that `instance_mappings` does not name */
  | 'without-mapping'
  /** `queued_for_delete` is 0, and the only rows of it are soft-deleted */
  | 'mapping-not-queued'
  /** a build request that has waited for a while */
  | 'build-request'
  /** a consumer of Placement that is no live instance */
  | 'allocation-of-none'
  /** a consumer with allocations on more than one compute node */
  | 'allocations-on-two'
  /** a live instance on a host, without any allocation */
  | 'no-allocation'
  /** a consumer of Placement without allocations */
  | 'empty-consumer'
  /** the UUID is that of a resource provider which no compute node fits */
  | 'provider-mismatch'
  /** a port `compute:*` whose device is no live instance */
  | 'port-of-none'
  /** a volume that block_device_mapping names for it, and Cinder does not list */
  | 'volume-gone'
  /** an attachment of Cinder whose server is no live instance */
  | 'attachment-of-none'
  /** the UUID is that of a volume whose status asks for an attachment that is not there */
  | 'volume-without-attachment'
  /** the UUID is that of a floating IP without a port, or whose port is gone */
  | 'idle-floating-ip'
  /** a node of Ironic is bound to it, and it is no live instance */
  | 'node-of-none'
  /** its project is not among those of Keystone */
  | 'project-gone';
