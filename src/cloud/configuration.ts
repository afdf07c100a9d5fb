/** Where a cloud is and how to reach it. Holds no secret: passwords are in the secret store. */
export interface CloudConfiguration {
  /** unique among the clouds */
  readonly name: string;
  /** shown beside the name, for example PRODUCTION */
  readonly label?: string;
  readonly color?: CloudColor;
  /** nothing can be run; dry runs are allowed */
  readonly readOnly: boolean;
  /** a plan with more instances that have a live row, a domain or a directory is refused */
  readonly maxInstances: number;
  /** `mysql://user@host:port/nova_api` */
  readonly apiDatabase: string;
  /** default: `placement` on the server of the API database */
  readonly placementDatabase?: string;
  /** URL by cell UUID, in place of `cell_mappings.database_connection` */
  readonly cells: Readonly<Record<string, string>>;
  readonly ssh: SshConfiguration;
  /** address by host name: in place of `compute_nodes.host_ip`, and for hosts that Nova does not list */
  readonly hosts: Readonly<Record<string, string>>;
  readonly libvirtUri: string;
  readonly instancesPath: string;
}

export type CloudColor = 'red' | 'orange' | 'yellow' | 'green' | 'blue' | 'purple';

export interface SshConfiguration {
  readonly user: string;
  readonly port: number;
  /** private key file; absent: the SSH agent of SSH_AUTH_SOCK */
  readonly keyFile?: string;
  readonly knownHostsFile: string;
}
