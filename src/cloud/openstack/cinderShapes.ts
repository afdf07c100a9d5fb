/** `block storage API v3`, "Show a volume's details". */
export interface Volume {
  readonly id: string;
  readonly status: string;
  /** GiB */
  readonly size: number;
  readonly projectId?: string;
  /** a tenant's text */
  readonly name?: string;
  /** of the last change; absent when there was none since it was made */
  readonly updatedAt?: string;
  readonly createdAt?: string;
  readonly multiattach?: boolean;
  /** the backend */
  readonly host?: string;
  readonly attachments: readonly VolumeUse[];
}

/** A finished attachment, as the volume shows it. */
export interface VolumeUse {
  readonly attachmentId: string;
  readonly serverId: string;
  readonly hostName?: string;
}

/** `block storage API v3`, "List attachments". Its details hold connection_info, which is a secret: not asked for. */
export interface Attachment {
  readonly id: string;
  readonly volumeId: string;
  /** absent: reserved for none yet */
  readonly serverId?: string;
  /** attached, attaching, reserved, detached, error_attaching, error_detaching */
  readonly status: string;
}
