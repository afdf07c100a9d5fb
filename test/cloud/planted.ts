/** As the product names them; it is another's list here, so that a test sees when the two differ. */
export type KindId =
  | 'domain-of-deleted-instance'
  | 'domain-without-instance'
  | 'domain-on-another-host'
  | 'domain-on-two-hosts'
  | 'domain-gone'
  | 'power-state-differs'
  | 'stuck-deleting'
  | 'deleted-but-live'
  | 'stuck-building'
  | 'stuck-moving'
  | 'resize-unconfirmed'
  | 'build-failed'
  | 'instance-without-host'
  | 'instance-on-dead-host'
  | 'soft-deleted'
  | 'deleted-by-hand'
  | 'mapping-without-instance'
  | 'mapping-without-cell'
  | 'instance-without-mapping'
  | 'mapping-left-behind'
  | 'mapping-not-queued'
  | 'stuck-build-request'
  | 'request-spec-left-behind'
  | 'group-member-left-behind'
  | 'instance-in-two-cells'
  | 'orphan-allocation'
  | 'double-allocation'
  | 'missing-allocation'
  | 'empty-consumer'
  | 'provider-mismatch'
  | 'rows-without-parent'
  | 'live-rows-of-deleted-instance'
  | 'torn-instance'
  | 'legacy-rows'
  | 'pci-device-held'
  | 'volume-gone'
  | 'stuck-migration'
  | 'stale-network-info'
  | 'stray-compute-record'
  | 'expired-console-token'
  | 'untied-rows'
  | 'share-left-behind'
  | 'leftover-directory'
  | 'directory-of-moved-instance'
  | 'leftover-resize-directory'
  | 'unfinished-removal'
  | 'orphan-port'
  | 'idle-floating-ip'
  | 'orphan-attachment'
  | 'volume-without-attachment'
  | 'held-bare-metal-node'
  | 'project-gone';

/** `none`: a suspect of nothing. `legitimate`: looks like one and is not. Neither may ever be offered for removal. */
export type Expectation = 'confirmed' | 'suspected' | 'unknown' | 'legitimate' | 'none';

export type CellName = 'cell0' | 'cell1' | 'cell2';

/** One thing in the demo cloud: how it came about and what a scan must say of it. */
export interface Planted {
  readonly uuid: string;
  readonly name: string;
  /** How it came about, one sentence. */
  readonly how: string;
  readonly expect: Expectation;
  readonly kind?: KindId;
  /** Further kinds the same thing may rightly be shown as. */
  readonly also?: readonly KindId[];
  readonly host?: string;
  readonly cell?: CellName;
  /** The name of the story that this one differs from in one fact. */
  readonly twinOf?: string;
  /** Rows, domain and directory of this one must be the same after any cleanup. */
  readonly mustSurvive: boolean;
  /** The host that has a stale copy of it, domain or directory, which a cleanup may take. */
  readonly staleOn?: string;
}
