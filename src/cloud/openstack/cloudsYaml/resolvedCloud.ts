/** The kinds of authentication of keystoneauth1 that are supported; `password` and `token` find the version out. */
export const authTypes = ['password', 'v3password', 'token', 'v3token', 'v3applicationcredential'] as const;

export type AuthType = (typeof authTypes)[number];

/** Who logs in, and to what. The names are those of clouds.yaml. Nothing in it is secret. */
export type AuthKey =
  | 'username'
  | 'user_id'
  | 'user_domain_id'
  | 'user_domain_name'
  | 'project_id'
  | 'project_name'
  | 'project_domain_id'
  | 'project_domain_name'
  | 'domain_id'
  | 'domain_name'
  | 'default_domain_id'
  | 'default_domain_name'
  | 'system_scope'
  | 'trust_id'
  | 'application_credential_id'
  | 'application_credential_name';

export type SecretKey = 'password' | 'token' | 'application_credential_secret';

export type Interface = 'public' | 'internal' | 'admin';

/** One cloud in one region, ready to log in to. */
export interface ResolvedCloud {
  readonly name: string;
  readonly region?: string;
  readonly authType: AuthType;
  readonly authUrl: string;
  readonly auth: Readonly<Partial<Record<AuthKey, string>>>;
  /** Never show or log these. A password may be missing: ask for it. */
  readonly secrets: Readonly<Partial<Record<SecretKey, string>>>;
  readonly interface: Interface;
  /** whether the server's certificate is checked */
  readonly verify: boolean;
  /** the authorities to check it by, in place of the system's */
  readonly caFile?: string;
  /** the client's certificate */
  readonly certFile?: string;
  /** the key of the client's certificate, when it is not in the same file */
  readonly keyFile?: string;
  readonly forceIpv4: boolean;
  readonly apiTimeoutSeconds?: number;
  /** of single services, such as `compute`, `placement` or `block_storage` */
  readonly endpointOverrides: Readonly<Record<string, string>>;
  readonly interfaces: Readonly<Record<string, Interface>>;
  readonly regions: Readonly<Record<string, string>>;
  readonly apiVersions: Readonly<Record<string, string>>;
}
