import type { Site } from './site';

/** What the programs are told that log in on all hosts. */
export interface Order extends Pick<
  Site,
  'addresses' | 'port' | 'keyFile' | 'knownHostsFile' | 'instancesPath' | 'hostname'
> {
  readonly fanOut: number;
  /** what the bare client runs on each */
  readonly command: string;
}

/** What these programs say when they are through. */
export interface Said {
  /** hosts that answered whole */
  readonly done: number;
  /** the most memory that was resident, above what was at the beginning */
  readonly bytes: number;
}
