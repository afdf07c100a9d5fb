import { join } from 'node:path';
import { baseUrl, cellNames, configuration, type ApiType, type Site } from '../site';
import { computeFile } from '../config/write';
import { answers, serverIn, type Server } from './server';

/** Where the mechanism driver is, and the entry point by which Neutron finds it. */
const pythonPath = join(__dirname, '../python');

export function keystoneServer(site: Site): Server {
  return wsgi(site, 'keystone', 'identity', '/usr/bin/keystone-wsgi-public', {
    OS_KEYSTONE_CONFIG_DIR: configuration(site),
    OS_KEYSTONE_CONFIG_FILES: 'keystone.conf',
  });
}

/** All that need Keystone, the APIs first: the hosts report to them. */
export function otherServers(site: Site): readonly Server[] {
  const file = (name: string): string[] => ['--config-file', configuration(site, name)];
  const background = (name: string, program: string, config: string): Server =>
    serverIn(site.directory, {
      name,
      file: `/usr/bin/${program}`,
      args: file(config),
      // it reports to a table, and what needs it waits for its own effect
      ready: () => Promise.resolve(true),
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
    wsgi(site, 'placement', 'placement', '/usr/bin/placement-api', {
      OS_PLACEMENT_CONFIG_DIR: configuration(site),
    }),
    api('glance-api', 'image', 'glance-api', 'glance-api.conf'),
    api('neutron-server', 'network', 'neutron-server', 'neutron.conf', {
      PYTHONPATH: pythonPath,
      PYTHONDONTWRITEBYTECODE: '1',
    }),
    api('nova-api', 'compute', 'nova-api', 'nova.conf'),
    background('nova-scheduler', 'nova-scheduler', 'nova.conf'),
    background('nova-conductor', 'nova-conductor', 'nova.conf'),
    ...cellNames.map((cell) => background(`nova-conductor-${cell}`, 'nova-conductor', `nova-${cell}.conf`)),
    api('cinder-api', 'volumev3', 'cinder-api', 'cinder.conf'),
    background('cinder-scheduler', 'cinder-scheduler', 'cinder.conf'),
    background('cinder-volume', 'cinder-volume', 'cinder.conf'),
  ];
}

/** A nova-compute; it is ready when its cell has seen it a moment ago and has its node. */
export function computeServer(site: Site, host: Site['hosts'][number]): Server {
  const alive = `
    SELECT 1 FROM services s JOIN compute_nodes n ON n.host = s.host AND n.deleted = 0
     WHERE s.host = '${host.name}' AND s.\`binary\` = 'nova-compute' AND s.deleted = 0
       AND s.last_seen_up > UTC_TIMESTAMP() - INTERVAL 10 SECOND`;
  return serverIn(site.directory, {
    name: `nova-compute-${host.name}`,
    file: '/usr/bin/nova-compute',
    args: ['--config-file', configuration(site, computeFile(host.name))],
    ready: async () => (await site.database.sql(alive, `nova_${host.cell}`)).length > 0,
    seconds: 180,
  });
}

function wsgi(site: Site, name: string, type: ApiType, program: string, env: Record<string, string>): Server {
  return serverIn(site.directory, {
    name,
    file: '/usr/bin/uwsgi_python3',
    args: [
      ...[`--http-socket=127.0.0.1:${site.ports[type]}`, `--wsgi-file=${program}`],
      ...['--master', '--processes=2', '--threads=1', '--enable-threads', '--lazy-apps', '--need-app'],
      ...['--die-on-term', '--no-orphans', '--disable-logging'],
      ...['--buffer-size=65535', '--post-buffering=65536', '--listen=100'],
      // uwsgi closes after each answer without saying so, and clients would use the connection again
      '--add-header=Connection: close',
    ],
    env,
    ready: () => answers(baseUrl(site, type)),
  });
}
