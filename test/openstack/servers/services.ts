import { join } from 'node:path';
import { baseUrl, cellNames, configuration, type ApiType, type Host, type Site } from '../site';
import { computeFile } from '../config/write';
import type { Host as HypervisorHost } from '../../cloud/hosts/host';
import type { Hypervisors } from './hypervisors';
import { answers, serverIn, type Server, type ServerOptions } from './server';

/** Where the mechanism driver is, and the entry point by which Neutron finds it. */
const pythonPath = join(__dirname, '../python');

export function keystoneServer(site: Site): Server {
  return wsgi(site, 'keystone', 'identity', {
    program: '/usr/bin/keystone-wsgi-public',
    processes: 1,
    env: { OS_KEYSTONE_CONFIG_DIR: configuration(site), OS_KEYSTONE_CONFIG_FILES: 'keystone.conf' },
  });
}

/** All that need Keystone, the APIs first: the hosts report to them. */
export function otherServers(site: Site): readonly Server[] {
  const file = (name: string): string[] => ['--config-file', configuration(site, name)];
  const background = (name: string, program: string, config: string, database: string): Server =>
    serverIn(site.directory, {
      name,
      file: `/usr/bin/${program}`,
      args: file(config),
      ready: () => reports(site, database, program),
    });
  const api = (name: string, type: ApiType, program: string, config: string, env = {}): Server =>
    serverIn(site.directory, {
      name,
      file: `/usr/bin/${program}`,
      args: file(config),
      env,
      ready: () => answers(baseUrl(site, type)),
    });
  return [
    wsgi(site, 'placement', 'placement', {
      program: '/usr/bin/placement-api',
      processes: 2,
      env: { OS_PLACEMENT_CONFIG_DIR: configuration(site) },
    }),
    api('glance-api', 'image', 'glance-api', 'glance-api.conf'),
    api('neutron-server', 'network', 'neutron-server', 'neutron.conf', {
      PYTHONPATH: pythonPath,
      PYTHONDONTWRITEBYTECODE: '1',
    }),
    api('nova-api', 'compute', 'nova-api', 'nova.conf'),
    background('nova-scheduler', 'nova-scheduler', 'nova.conf', 'nova_cell0'),
    background('nova-conductor', 'nova-conductor', 'nova.conf', 'nova_cell0'),
    ...cellNames.map((cell) =>
      background(`nova-conductor-${cell}`, 'nova-conductor', `nova-${cell}.conf`, `nova_${cell}`),
    ),
    api('cinder-api', 'volumev3', 'cinder-api', 'cinder.conf'),
    background('cinder-scheduler', 'cinder-scheduler', 'cinder.conf', 'cinder'),
    background('cinder-volume', 'cinder-volume', 'cinder.conf', 'cinder'),
  ];
}

/** A host's nova-compute; the scheduler can use the host when it reports and has a node. */
export function computeServer(site: Site, host: Host, hypervisors: Hypervisors): Server {
  const { name, cell, address } = host;
  const database = `nova_${cell}`;
  const nodes = `SELECT 1 FROM compute_nodes WHERE host = '${name}' AND deleted = 0`;
  const common = {
    name: `nova-compute-${name}`,
    ready: async () =>
      (await reports(site, database, 'nova-compute', name)) &&
      (await site.database.sql(nodes, database)).length > 0,
    seconds: 300,
  };
  if (address !== undefined) return insideServer(site, common, hypervisors.get(name));
  const args = ['--config-file', configuration(site, computeFile(name))];
  return serverIn(site.directory, { ...common, file: '/usr/bin/nova-compute', args });
}

/** nova-compute in its host, where nsenter, which the signals of a stop would reach, waits for it outside. */
function insideServer(
  site: Site,
  common: Omit<ServerOptions, 'file' | 'args'>,
  host: HypervisorHost,
): Server {
  const pid = '/run/nova-compute.pid';
  const [file, ...args] = host.inside(
    `echo $$ > ${pid}; exec /usr/bin/nova-compute --config-file /etc/nova/nova.conf`,
  );
  const server = serverIn(site.directory, { ...common, file, args });
  return {
    ...server,
    stop: async () => {
      await host.run(`read pid < ${pid} && kill $pid && while kill -0 $pid; do sleep 0.1; done`);
      await server.stop();
    },
  };
}

/** What listens to the broker alone says in a table, every few seconds, that it is there. */
async function reports(site: Site, database: string, program: string, host = '%'): Promise<boolean> {
  const found = await site.database.sql(
    `SELECT 1 FROM services
      WHERE \`binary\` = '${program}' AND host LIKE '${host}' AND NOT deleted
        AND COALESCE(updated_at, created_at) > UTC_TIMESTAMP() - INTERVAL 10 SECOND`,
    database,
  );
  return found.length > 0;
}

interface Application {
  readonly program: string;
  readonly processes: number;
  readonly env: Readonly<Record<string, string>>;
}

function wsgi(site: Site, name: string, type: ApiType, { program, processes, env }: Application): Server {
  return serverIn(site.directory, {
    name,
    file: '/usr/bin/uwsgi_python3',
    args: [
      ...[`--http-socket=127.0.0.1:${site.ports[type]}`, `--wsgi-file=${program}`],
      ...[
        '--master',
        `--processes=${processes}`,
        '--threads=1',
        '--enable-threads',
        '--lazy-apps',
        '--need-app',
      ],
      ...['--die-on-term', '--no-orphans', '--disable-logging'],
      ...['--buffer-size=65535', '--post-buffering=65536', '--listen=100'],
      // uwsgi closes after each answer without saying so, and clients would use the connection again
      '--add-header=Connection: close',
    ],
    env,
    ready: () => answers(baseUrl(site, type)),
  });
}
