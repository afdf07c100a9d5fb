/** `networking API`, "Show port details". */
export interface Port {
  readonly id: string;
  readonly networkId: string;
  readonly projectId: string;
  /** of an instance's port its UUID; empty when nothing uses the port */
  readonly deviceId: string;
  /** of an instance's port `compute:` and its availability zone */
  readonly deviceOwner: string;
  readonly status: string;
  readonly macAddress: string;
  readonly addresses: readonly string[];
  /** a tenant's text */
  readonly name: string;
  /** only an admin sees it */
  readonly host?: string;
  readonly createdAt?: string;
  /** absent where the extension standard-attr-timestamp is not loaded */
  readonly updatedAt?: string;
  /** grows with every change; absent where the extension standard-attr-revisions is not loaded */
  readonly revision?: number;
}

export interface PortFilter {
  /** UUID of an instance */
  readonly deviceId?: string;
}
