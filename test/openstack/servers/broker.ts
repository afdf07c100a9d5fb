import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { cellNames, configuration, state, type Site } from '../site';
import { runPlainly } from '../commands';
import { serverIn, type Server } from './server';

const programs = '/usr/lib/rabbitmq/bin';

/** RabbitMQ and the port mapper that it asks, both on 127.0.0.1 alone and with a home of their own. */
export function brokerServers(site: Site): readonly Server[] {
  const env = environment(site);
  return [
    serverIn(site.directory, {
      name: 'epmd',
      file: '/usr/bin/epmd',
      args: ['-address', '127.0.0.1', '-port', String(site.ports.epmd)],
      ready: () => Promise.resolve(true),
    }),
    serverIn(site.directory, {
      name: 'rabbitmq',
      file: `${programs}/rabbitmq-server`,
      args: [],
      env,
      ready: async () => (await runPlainly(`${programs}/rabbitmqctl`, ['await_startup'], env)).code === 0,
    }),
  ];
}

export function writeBrokerConfiguration(site: Site): void {
  for (const folder of ['db', 'log']) mkdirSync(state(site, 'rabbitmq', folder), { recursive: true });
  const cookie = state(site, 'rabbitmq', '.erlang.cookie');
  writeFileSync(cookie, randomBytes(16).toString('hex'));
  chmodSync(cookie, 0o400);
  const lines = [
    `listeners.tcp.default = 127.0.0.1:${site.ports.broker}`,
    'default_user = services',
    `default_pass = ${site.passwords.broker}`,
    'disk_free_limit.absolute = 200MB',
    'vm_memory_high_watermark.absolute = 1GB',
  ];
  writeFileSync(configuration(site, 'rabbitmq.conf'), lines.join('\n') + '\n');
  writeFileSync(configuration(site, 'rabbitmq_plugins'), '[].\n');
}

/** Services and cells do not hear each other: each has a virtual host. */
export async function addVirtualHosts(site: Site): Promise<void> {
  const hosts = ['neutron', 'cinder', ...cellNames];
  // one start of the Erlang machine instead of one for each host
  const calls = hosts.map(
    (host) =>
      `ok = rabbit_vhost:add(<<"${host}">>, <<"setup">>),` +
      `ok = rabbit_auth_backend_internal:set_permissions(<<"services">>, <<"${host}">>,` +
      ' <<".*">>, <<".*">>, <<".*">>, <<"setup">>)',
  );
  const program = `${programs}/rabbitmqctl`;
  const outcome = await runPlainly(program, ['eval', `${calls.join(', ')}.`], environment(site));
  if (outcome.code !== 0) throw new Error(`RabbitMQ has no virtual hosts: ${outcome.stderr}`);
}

/** What waits in a queue of the virtual host that Nova has outside of its cells is lost. */
export async function purgeQueue(site: Site, queue: string): Promise<void> {
  const program = `${programs}/rabbitmqctl`;
  const outcome = await runPlainly(program, ['purge_queue', queue], environment(site));
  if (outcome.code !== 0) throw new Error(`${queue} is not empty: ${outcome.stderr}`);
}

function environment(site: Site): Record<string, string> {
  const home = state(site, 'rabbitmq');
  return {
    HOME: home,
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_EPMD_PORT: String(site.ports.epmd),
    RABBITMQ_NODENAME: 'zombies@localhost',
    RABBITMQ_DIST_PORT: String(site.ports.brokerDistribution),
    RABBITMQ_CONFIG_FILE: configuration(site, 'rabbitmq.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: configuration(site, 'rabbitmq_plugins'),
    RABBITMQ_MNESIA_BASE: state(site, 'rabbitmq', 'db'),
    RABBITMQ_LOG_BASE: state(site, 'rabbitmq', 'log'),
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
  };
}
