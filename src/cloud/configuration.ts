/** Where a cloud is and how to reach it. Holds no secret: passwords are in the secret store. */
export interface CloudConfiguration {
  /** unique among the clouds */
  readonly name: string;
  /** shown beside the name, for example PRODUCTION */
  readonly label?: string;
  readonly color?: CloudColor;
  /** nothing can be run; sessions are read-only on the server as well, but for those of dry runs, which roll back */
  readonly readOnly: boolean;
  /** a plan with more instances that have a live row, a domain or a directory is refused */
  readonly maxInstances: number;
  /** absent: the OpenStack APIs are not asked */
  readonly openstack?: OpenStackConfiguration;
  /** SSH name of a machine with Nova's configuration; a name of ssh_config, or an address */
  readonly controller?: string;
  /** `mysql://user@host:port/nova_api` */
  readonly apiDatabase: string;
  /** default: `placement` on the server of the API database */
  readonly placementDatabase?: string;
  /** URL by cell UUID, in place of `cell_mappings.database_connection` */
  readonly cells: Readonly<Record<string, string>>;
  readonly database: DatabaseConfiguration;
  readonly ssh: SshConfiguration;
  /** address by host name: in place of `compute_nodes.host_ip`, and for hosts that Nova does not list */
  readonly hosts: Readonly<Record<string, string>>;
  /** where a host is reached that `hosts` does not name: a text with {host} or {ip} in it */
  readonly hostAddress?: string;
  readonly libvirtUri: string;
  /** name of the container that libvirt runs in, or `none`; absent: found on each host */
  readonly libvirtContainer?: string;
  /** absent: read from the configuration of nova-compute on each host */
  readonly instancesPath?: string;
}

/** An entry of clouds.yaml. */
export interface OpenStackConfiguration {
  readonly cloud: string;
  /** in place of the region that the entry names */
  readonly region?: string;
}

export type CloudColor = 'red' | 'orange' | 'yellow' | 'green' | 'blue' | 'purple';

/** How all databases of a cloud are reached. */
export interface DatabaseConfiguration {
  /** absent: what the URL of each database says, and without ssl arguments there no TLS */
  readonly tls?: TlsConfiguration;
  /** `ssh`: as seen from `sshHost`, whose `localhost` and sockets are then meant */
  readonly via: 'direct' | 'ssh';
  /** a name of `hosts` or of ssh_config, or an address; default: the controller */
  /** a program of this machine and its arguments, whose first line is the password; {user} {host} {port} {schema} */
  readonly passwordCommand?: readonly string[];
  /** in the format of my.cnf */
  readonly optionFile?: string;
  readonly sshHost?: string;
}

/** `required` encrypts, but would talk to anybody; there is no `preferred`, as it can be talked out of TLS. */
export type TlsMode = 'off' | 'required' | 'verify-ca' | 'verify-identity';

/** Files are PEM, on this machine. */
export interface TlsConfiguration {
  readonly mode: TlsMode;
  /** absent: the authorities that Node knows */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** What is absent is as ssh_config says. */
export interface SshConfiguration {
  /** absent, and not in ssh_config: root */
  readonly user?: string;
  readonly port?: number;
  /** private key file; absent: the SSH agent, and the files of ssh_config */
  readonly keyFile?: string;
  readonly knownHostsFile?: string;
  /** a file in the format of ssh_config(5), or `none` */
  readonly configFile: string;
  /** jump hosts as ProxyJump in ssh_config(5) has them, or `none` */
  readonly jump?: string;
  /** how scripts that need root get there when the login is another user */
  readonly sudo: 'no' | 'when-needed';
  /** hosts that are read side by side */
  readonly hostsAtATime: number;
}
