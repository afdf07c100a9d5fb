import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startApis, type Apis } from './apis/apis';
import { dumpDatabases, dumpInstance } from './database/dump';
import { startDatabase, type Database } from './database/mariadb';
import { reload } from './database/reload';
import { loadSchema, loadSchemaOf2011 } from './database/schema';
import { startHosts } from './hosts/hosts';
import { instancesPath } from './hosts/domains';
import type { Planted } from './planted';
import { populate } from './population/populate';
import { databases } from './population/world';
import { waitFor } from './ports';
import { processesOf, stopProcesses } from './processes';
import type { Release } from './schema/facts';

export type { CellName, Expectation, KindId, Planted } from './planted';
export { loadSchema, loadSchemaOf2011, startDatabase };

export interface DemoCloud {
  /** The cloud's folder: data, logs, pid files, hosts. */
  readonly directory: string;
  readonly database: {
    readonly host: '127.0.0.1';
    readonly port: number;
    readonly user: 'nova';
    readonly password: string;
    /** Without the password. */
    readonly apiUrl: string;
    readonly placementUrl: string;
  };
  readonly ssh: {
    readonly user: 'root';
    readonly port: number;
    readonly keyFile: string;
    readonly knownHostsFile: string;
    readonly addresses: Readonly<Record<string, string>>;
  };
  readonly instancesPath: '/var/lib/nova/instances';
  /** Absent unless the cloud was started with them. */
  readonly apis?: Pick<Apis, 'authUrl' | 'user' | 'password' | 'cloudsFile' | 'cloudName'>;
  /** What stands in the cloud since the last reset. */
  readonly planted: readonly Planted[];
  /** Runs statements as MariaDB's root and gives the last one's rows, NULL as `NULL`. */
  sql(statement: string, database?: string): Promise<string[][]>;
  /** Schema and rows as text, the same for the same contents. */
  dump(databases?: readonly string[]): Promise<string>;
  /** Every row in every database that mentions the UUID in any column. */
  dumpInstance(uuid: string): Promise<string>;
  /** Runs a shell command inside the host's namespaces. */
  onHost(host: string, command: string): Promise<{ code: number; stdout: string; stderr: string }>;
  /** The instances directory of a host, a line for each entry, the same for the same contents. */
  listTree(host: string): Promise<string>;
  /** Back to the planted state as of `now`: databases, domains, directories. */
  reset(now?: Date): Promise<void>;
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly name?: string;
  readonly directory?: string;
  readonly schema?: Release;
  /** False: MariaDB alone; names: these hosts alone. */
  readonly hosts?: boolean | readonly string[];
  /** True: Keystone, Nova, Neutron, Cinder, Placement and Ironic answer as well. */
  readonly apis?: boolean;
  /** How compute-04 does not answer: nothing listens there, or its port is open and says nothing. */
  readonly silence?: 'refuses' | 'hangs';
}

/** Starts the demo cloud, after ending whatever an earlier run in the same folder left behind. Hosts need root. */
export async function startCloud(options: StartOptions = {}): Promise<DemoCloud> {
  const directory = resolve(options.directory ?? join('.local/cloud', options.name ?? 'demo'));
  await stopAll(directory);
  mkdirSync(directory, { recursive: true });
  try {
    return await start(directory, options);
  } catch (error) {
    await stopAll(directory);
    throw error;
  }
}

async function start(directory: string, options: StartOptions): Promise<DemoCloud> {
  const server = await startDatabase({ directory });
  const hosts = await startHosts(directory, {
    hosts: options.hosts ?? true,
    silence: options.silence ?? 'refuses',
  });
  const apis = options.apis === true ? await startApis(directory, server, hosts) : undefined;
  let planted: readonly Planted[] = [];
  const reset = async (now = new Date()): Promise<void> => {
    const plot = populate(now, options.schema ?? 'epoxy', server);
    planted = plot.planted;
    await apis?.settled();
    await Promise.all([reload(server, plot), hosts.reset(plot)]);
    apis?.reset(plot);
  };
  await reset();
  return {
    directory,
    database: databaseFacts(server),
    ssh: hosts.ssh,
    instancesPath,
    ...(apis === undefined ? {} : { apis }),
    get planted() {
      return planted;
    },
    sql: (statement, database) => server.sql(statement, database),
    dump: (names = databases) => dumpDatabases(server, names),
    dumpInstance: (uuid) => dumpInstance(server, uuid),
    onHost: async (host, command) => hosts.get(host).run(command),
    listTree: (host) => hosts.tree(host),
    reset,
    stop: async () => {
      await apis?.stop();
      hosts.close();
      await server.stop();
      await stopAll(directory);
    },
  };
}

function databaseFacts({ host, port, user, password }: Database): DemoCloud['database'] {
  const server = `mysql://${user}@${host}:${port}`;
  return { host, port, user, password, apiUrl: `${server}/nova_api`, placementUrl: `${server}/placement` };
}

async function stopAll(directory: string): Promise<void> {
  await stopProcesses(directory);
  await waitFor(`the end of the processes of ${directory}`, 30, () =>
    Promise.resolve(processesOf(directory).length === 0),
  );
}
