/** What Keystone, Neutron, Cinder and Ironic have. Nova and Placement have their databases. */
export interface ServicePlans {
  readonly projects: ProjectPlan[];
  readonly ports: PortPlan[];
  readonly floatingIps: FloatingIpPlan[];
  readonly volumes: VolumePlan[];
  readonly attachments: AttachmentPlan[];
  readonly nodes: NodePlan[];
}

export interface ProjectPlan {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
}

export interface PortPlan {
  readonly id: string;
  readonly name: string;
  /** device_id: of an instance's port its UUID; empty when nothing uses the port */
  readonly device: string;
  /** device_owner: of an instance's port `compute:` and its availability zone */
  readonly owner: string;
  readonly project: string;
  /** binding:host_id; empty when it is bound to none */
  readonly host: string;
  readonly mac: string;
  readonly address: string;
  readonly created: Date;
}

export interface FloatingIpPlan {
  readonly id: string;
  readonly address: string;
  /** absent: bound to none */
  readonly port?: string;
  readonly fixedAddress?: string;
  readonly project: string;
  readonly created: Date;
}

export interface VolumePlan {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly sizeGib: number;
  readonly project: string;
  readonly multiattach?: boolean;
  readonly created: Date;
  readonly updated: Date;
}

export interface AttachmentPlan {
  readonly id: string;
  readonly volume: string;
  /** instance_uuid */
  readonly server: string;
  readonly status: 'attached' | 'reserved' | 'attaching' | 'detaching' | 'error_attaching';
  readonly host?: string;
}

export interface NodePlan {
  readonly uuid: string;
  readonly name: string;
  /** instance_uuid */
  readonly instance?: string;
  /** allocation_uuid: Ironic itself allocated it, and instance_uuid is that of the allocation */
  readonly allocation?: string;
  readonly provisionState: string;
  readonly maintenance?: boolean;
  readonly updated: Date;
}
