import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { startDatabase, type Database } from '../cloud/database/mariadb';
import type { Outcome } from '../cloud/run';
import { bringUp, type Running } from './bringUp';
import { cloudsYaml, commandEnvironment } from './cloudsYaml';
import { runPlainly } from './commands';
import { createInstance, deleteInstance, readInstance, type Instance, type NewInstance } from './instances';
import type { Resources } from './seed/resources';
import type { Credentials, Session } from './session';
import { purgeQueue } from './servers/broker';
import type { Hypervisors } from './servers/hypervisors';
import { authUrl, configuration, planSite, region, type CellName, type Host } from './site';
import { stopEverything } from './stop';

export type { CellName, Credentials, Host, Instance, NewInstance, Resources, Session };

export interface OpenStack {
  /** Its folder: configuration, state, logs, pid files. */
  readonly directory: string;
  readonly authUrl: string;
  readonly region: string;
  readonly admin: Credentials;
  /** A member of a project of its own, nobody's administrator. */
  readonly tenant: Credentials;
  /** The server; the user `nova` sees Nova's and Placement's databases. */
  readonly database: Database;
  /** As the extension's settings want them, without the password. */
  readonly databaseUrls: Readonly<Record<'api' | 'cell0' | CellName | 'placement', string>>;
  readonly hosts: readonly Host[];
  readonly hypervisors: Hypervisors;
  readonly resources: Resources;
  /** The administrator's requests. */
  readonly session: Session;
  /** A clouds.yaml with the one cloud `cloud`. */
  writeCloudsYaml(file: string, options?: { readonly cloud?: string; readonly as?: Credentials }): void;
  /** nova-manage with the API database and that of one cell. */
  novaManage(args: readonly string[], cell?: 'cell0' | CellName): Promise<Outcome>;
  novaStatus(args: readonly string[]): Promise<Outcome>;
  /** The `openstack` client, as the administrator; it takes seconds to start. */
  openstack(args: readonly string[]): Promise<Outcome>;
  /** `owner` asks for it instead of the administrator. */
  createInstance(wanted: NewInstance, owner?: Session): Promise<Instance>;
  /** Undefined when Nova does not know it. */
  readInstance(id: string): Promise<Instance | undefined>;
  deleteInstance(id: string): Promise<void>;
  /** Starts a server by name, such as `placement` or `nova-compute-compute-11`, and waits until it is ready. */
  start(server: string): Promise<void>;
  /** Ends a server as its administrator would. */
  stopServer(server: string): Promise<void>;
  /** A server hangs: SIGSTOP. */
  freeze(server: string): void;
  /** The broker forgets what waits there for who listens to Nova outside of the cells. */
  loseMessages(queue: string): Promise<void>;
  /** SIGKILL, as a power loss: Nova believes for 20 s that it is up. */
  kill(server: string): Promise<void>;
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly name?: string;
  readonly hosts?: readonly Host[];
  /** Told what is being done, for a start of minutes. */
  readonly say?: (message: string) => void;
}

const usualHosts: readonly Host[] = [
  { name: 'compute-11', cell: 'cell1' },
  { name: 'compute-12', cell: 'cell1' },
  { name: 'compute-21', cell: 'cell2' },
  { name: 'kvm-11', cell: 'cell1', address: '127.0.2.11' },
  { name: 'kvm-12', cell: 'cell1', address: '127.0.2.12' },
];

/** The server that runs a host's nova-compute. */
export function computeOf(host: string): string {
  return `nova-compute-${host}`;
}

/** The folder of the OpenStack that is started by this name. */
export function folderOf(name: string): string {
  return resolve('.local/openstack', name);
}

/** Starts a new OpenStack, after ending whatever an earlier run in the same folder left behind. Needs root. */
export async function startOpenStack(options: StartOptions = {}): Promise<OpenStack> {
  const directory = folderOf(options.name ?? 'main');
  await stopEverything(directory);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  try {
    const database = await startDatabase({ directory });
    const site = await planSite(database, options.hosts ?? usualHosts);
    return face(await bringUp(site, options.say ?? (() => undefined)));
  } catch (error) {
    await stopEverything(directory);
    throw error;
  }
}

function face({ site, servers, session, resources, hypervisors, admin, tenant }: Running): OpenStack {
  const { directory, database, hosts } = site;
  const server = (name: string): (typeof servers)[number] => {
    const found = servers.find((each) => each.name === name);
    if (found === undefined)
      throw new Error(`no server ${name}: ${servers.map((each) => each.name).join(' ')}`);
    return found;
  };
  const nova = (program: string, args: readonly string[], file = 'nova.conf'): Promise<Outcome> =>
    runPlainly(`/usr/bin/${program}`, [`--config-file=${configuration(site, file)}`, ...args]);
  const url = (name: string): string => `mysql://${database.user}@${database.host}:${database.port}/${name}`;
  return {
    directory,
    authUrl: authUrl(site),
    region,
    admin,
    tenant,
    database,
    databaseUrls: {
      api: url('nova_api'),
      cell0: url('nova_cell0'),
      cell1: url('nova_cell1'),
      cell2: url('nova_cell2'),
      placement: url('placement'),
    },
    hosts,
    hypervisors,
    resources,
    session,
    writeCloudsYaml: (file, { cloud = 'zed', as = admin } = {}) => {
      cloudsYaml(file, cloud, authUrl(site), as);
    },
    novaManage: (args, cell = 'cell0') =>
      nova('nova-manage', args, cell === 'cell0' ? 'nova.conf' : `nova-${cell}.conf`),
    novaStatus: (args) => nova('nova-status', args),
    openstack: (args) => runPlainly('/usr/bin/openstack', args, commandEnvironment(authUrl(site), admin)),
    createInstance: (wanted, owner = session) => createInstance(owner, resources, wanted),
    readInstance: (id) => readInstance(session, id),
    deleteInstance: (id) => deleteInstance(session, id),
    start: async (name) => {
      server(name).start();
      await server(name).ready();
    },
    stopServer: (name) => server(name).stop(),
    freeze: (name) => {
      server(name).freeze();
    },
    loseMessages: (queue) => purgeQueue(site, queue),
    kill: (name) => server(name).kill(),
    stop: () => stopEverything(directory),
  };
}
