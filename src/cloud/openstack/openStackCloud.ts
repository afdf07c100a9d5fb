/** Where the APIs of one cloud are and how to log in there. Holds a secret: it is never logged, shown or stored. */
export interface OpenStackCloud {
  /** the cloud's name in our configuration */
  readonly name: string;
  /** Keystone's address, with or without `/v3` */
  readonly authUrl: string;
  readonly login: Login;
  /** what the token is for; an application credential has its own */
  readonly scope?: Scope;
  /** needed when the catalogue has several */
  readonly region?: string;
  readonly interface: EndpointInterface;
  /** what differs for single services, by service type */
  readonly services: Readonly<Record<string, ServicePlace>>;
  readonly tls: TlsFiles;
  readonly forceIpv4: boolean;
  /** how long one answer may take; default 90 s */
  readonly answerMs?: number;
}

export interface ServicePlace {
  /** URL in place of the catalogue's */
  readonly endpoint?: string;
  readonly interface?: EndpointInterface;
  readonly region?: string;
}

export type EndpointInterface = 'public' | 'internal' | 'admin';

/** By id; a name alone is unique within its domain only. */
export type Named = { readonly id: string } | { readonly name: string; readonly domain: Domain };
export type Domain = { readonly id: string } | { readonly name: string };

export type Login =
  | { readonly by: 'password'; readonly user: Named; readonly secret: string }
  | {
      readonly by: 'application-credential';
      readonly credential: { readonly id: string } | { readonly name: string; readonly user: Named };
      readonly secret: string;
    }
  | { readonly by: 'token'; readonly secret: string };

export type Scope =
  | { readonly to: 'project'; readonly project: Named }
  | { readonly to: 'domain'; readonly domain: Domain }
  | { readonly to: 'system' }
  | { readonly to: 'trust'; readonly id: string };

/** Paths of PEM files. */
export interface TlsFiles {
  /** in place of the system's certificate authorities */
  readonly caFile?: string;
  /** the client's certificate; it may hold the key as well */
  readonly certFile?: string;
  readonly keyFile?: string;
  /** false: any certificate is accepted, and anybody on the way can read the password */
  readonly verify: boolean;
}

/** Services by the types of the service types authority. */
export type ServiceType = 'identity' | 'compute' | 'placement' | 'network' | 'block-storage' | 'baremetal';
