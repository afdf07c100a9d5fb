import type { NamedHost } from './hostKeys';

/** One login on the way to a host, with all that the settings and ssh_config say of it. */
export interface Hop {
  readonly host: NamedHost;
  readonly user: string;
  readonly identity: Identity;
  /** only read */
  readonly knownHostsFiles: readonly [string, ...string[]];
  readonly strictHostKeyChecking: 'yes' | 'ask' | 'accept-new';
  /** until we are logged in */
  readonly timeoutMs: number;
  readonly keepaliveMs: number;
  readonly keepaliveCount: number;
  /** what carries the connection; absent: it goes to the address itself */
  readonly via?: Via;
}

export type Via =
  | { readonly kind: 'jump'; readonly hop: Hop }
  /** for /bin/sh, with its tokens expanded */
  | { readonly kind: 'command'; readonly command: string };

/** What to prove who we are with. */
export interface Identity {
  /** key files in the order in which they are offered */
  readonly files: readonly string[];
  /** a file of this kind may be missing: it was not asked for by name */
  readonly kind: 'setting' | 'configured' | 'usual';
  /** socket of the agent */
  readonly agent?: string;
  /** of the agent's keys only those that are in the files too */
  readonly only: boolean;
}
