import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { reload } from '../cloud/database/reload';
import { populate } from '../cloud/population/populate';
import type { Planted } from '../cloud/planted';
import { caughtUp } from '../../src/execution/cluster';
import type { RunContext } from '../../src/execution/context';
import { contextFrom, type Ground } from '../integration/execution/bench';
import { startCluster, type Cluster } from './cluster';
import { startHaproxy, type Haproxy } from './haproxy';
import type { GaleraNode } from './node';

const user = 'nova';
const password = 'a-password';
/** The demo cloud without its hosts: nothing here asks them. */
const ssh = {
  user: 'root',
  port: 1,
  keyFile: '/nowhere',
  knownHostsFile: '/nowhere',
  addresses: {},
} as const;

/** The demo cloud's databases on a cluster. */
export interface ClusterGround {
  readonly cluster: Cluster;
  readonly proxy: Haproxy;
  readonly planted: readonly Planted[];
  readonly user: string;
  readonly password: string;
  /** all rows as planted, on all nodes */
  reset(): Promise<void>;
  /** The surroundings of a run that comes to what listens at the port, as the product's own does. */
  context(port: number, settings?: Readonly<Record<string, unknown>>): Promise<RunContext>;
  /** What there is to know of the cloud, with its databases at what listens at the port. */
  at(port: number): Promise<Ground>;
  stop(): Promise<void>;
}

export async function startClusterGround(): Promise<ClusterGround> {
  const root = resolve('.local/galera');
  const cluster = await startCluster(root);
  const [first] = cluster.nodes;
  await first.sql(`
    CREATE USER ${user}@'127.0.0.1' IDENTIFIED BY '${password}';
    GRANT ALL ON \`nova%\`.* TO ${user}@'127.0.0.1';
    GRANT ALL ON \`placement%\`.* TO ${user}@'127.0.0.1';`);
  const proxy = await startHaproxy(root, cluster.nodes);
  const address = { host: '127.0.0.1', port: proxy.port, user, password } as const;
  let planted: readonly Planted[] = [];
  const reset = async (): Promise<void> => {
    const plot = populate(new Date(), 'epoxy', address);
    planted = plot.planted;
    await reload(first, plot);
  };
  return {
    cluster,
    proxy,
    user,
    password,
    get planted() {
      return planted;
    },
    reset,
    context: async (port, settings) => {
      const context = contextFrom(await groundAt(first, port), settings);
      return { ...context, access: caughtUp(context.access) };
    },
    at: (port) => groundAt(first, port),
    stop: () => cluster.stop(),
  };
}

async function groundAt(node: GaleraNode, port: number): Promise<Ground> {
  const rows = await node.sql('SELECT uuid, id, name, database_connection FROM cell_mappings', 'nova_api');
  const cells = rows.map(([uuid = '', id, name = '', url = '']) => ({
    uuid,
    id: Number(id),
    name,
    disabled: false,
    url: url.replace(/@127\.0\.0\.1:\d+\//, `@127.0.0.1:${port}/`),
  }));
  const server = `mysql://${user}@127.0.0.1:${port}`;
  const urls = { apiUrl: `${server}/nova_api`, placementUrl: `${server}/placement` };
  const database = { host: '127.0.0.1', port, user, password, ...urls } as const;
  return {
    database,
    ssh,
    cells,
    folder: join(mkdtempSync(join(tmpdir(), 'openstack-zombies-runs-')), 'runs'),
  };
}
