import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Database } from '../cloud/database/mariadb';
import { freeServerPorts } from '../cloud/ports';

export const region = 'RegionOne';
/** The database user of all services; the one of the tests sees Nova's and Placement's alone. */
export const serviceDatabaseUser = 'services';

export const cellNames = ['cell1', 'cell2'] as const;
export type CellName = (typeof cellNames)[number];

/** Endpoints by the type that the catalogue has them under. */
export const apiTypes = ['identity', 'placement', 'image', 'network', 'volumev3', 'compute'] as const;
export type ApiType = (typeof apiTypes)[number];

export interface Host {
  readonly name: string;
  readonly cell: CellName;
  /** Where its sshd listens, when it is a host of its own with libvirt; without, Nova's fake driver is all there is. */
  readonly address?: string;
}

/** Those with libvirt. */
export function hypervisors(site: Site): readonly (Host & { readonly address: string })[] {
  return site.hosts.flatMap(({ address, ...host }) => (address === undefined ? [] : [{ ...host, address }]));
}

/** What every configuration file of one OpenStack is made from. */
export interface Site {
  /** Its folder: configuration, state, logs, pid files. */
  readonly directory: string;
  readonly database: Database;
  readonly ports: Readonly<Record<ApiType | 'broker' | 'brokerDistribution' | 'epmd', number>>;
  readonly passwords: Readonly<Record<'admin' | 'tenant' | 'services' | 'broker' | 'database', string>>;
  readonly hosts: readonly Host[];
}

export async function planSite(database: Database, hosts: readonly Host[]): Promise<Site> {
  const names = [...apiTypes, 'broker', 'brokerDistribution', 'epmd'] as const;
  const found = await freeServerPorts(names.length);
  const ports = Object.fromEntries(names.map((name, at) => [name, found[at]])) as Site['ports'];
  // hexadecimal: at home in URLs, configuration files and on command lines
  const secret = (): string => randomBytes(12).toString('hex');
  return {
    directory: database.directory,
    database,
    ports,
    passwords: {
      admin: secret(),
      tenant: secret(),
      services: secret(),
      broker: secret(),
      database: secret(),
    },
    hosts,
  };
}

/** Where an API listens, without a path. */
export function baseUrl(site: Site, api: ApiType): string {
  return `http://127.0.0.1:${site.ports[api]}`;
}

export function authUrl(site: Site): string {
  return `${baseUrl(site, 'identity')}/v3`;
}

/** As SQLAlchemy wants it. */
export function connectionTo(site: Site, database: string): string {
  const { host, port } = site.database;
  const login = `${serviceDatabaseUser}:${site.passwords.database}`;
  return `mysql+pymysql://${login}@${host}:${port}/${database}?charset=utf8`;
}

/** As oslo.messaging wants it; services and each cell have a virtual host of their own. */
export function brokerUrl(site: Site, virtualHost: string): string {
  return `rabbit://services:${site.passwords.broker}@127.0.0.1:${site.ports.broker}/${virtualHost}`;
}

export function configuration(site: Site, ...names: string[]): string {
  return join(site.directory, 'etc', ...names);
}

export function state(site: Site, ...names: string[]): string {
  return join(site.directory, 'state', ...names);
}
