/** `bare metal API`, "List Nodes". */
export interface BareMetalNode {
  readonly uuid: string;
  readonly name?: string;
  /** of a server of Nova; of an allocation of Ironic's own, where `allocationUuid` is there too */
  readonly instanceUuid?: string;
  readonly allocationUuid?: string;
  /** available, active, deploying, cleaning ... */
  readonly provisionState?: string;
  readonly maintenance: boolean;
  readonly updatedAt?: string;
}
