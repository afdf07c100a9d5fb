import { join } from 'node:path';
import { computeOf, folderOf, startOpenStack, type OpenStack } from './openstack';
import { stopEverything } from './stop';

/** `tsx test/openstack/main.ts [name]`: an OpenStack in the foreground, until SIGINT or SIGTERM. */
async function main(): Promise<void> {
  const name = process.argv[2] ?? 'developer';
  const signal = nextSignal();
  try {
    await Promise.race([start(name), signal]);
    await signal;
  } finally {
    console.log('stopping');
    // also what was still starting
    await stopEverything(folderOf(name));
  }
}

async function start(name: string): Promise<void> {
  const started = Date.now();
  const say = (message: string): void => {
    console.log(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${message}`);
  };
  const cloud = await startOpenStack({ name, say });
  say('ready');
  console.log(howToReach(cloud).join('\n'));
}

function nextSignal(): Promise<void> {
  // Nothing else keeps the process alive: the servers are processes of their own.
  setInterval(() => undefined, 60_000);
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => {
        resolve();
      });
    }
  });
}

function howToReach(cloud: OpenStack): string[] {
  const file = join(cloud.directory, 'clouds.yaml');
  cloud.writeCloudsYaml(file);
  const nova = `nova-manage --config-file ${join(cloud.directory, 'etc/nova.conf')}`;
  return [
    '',
    `Keystone   ${cloud.authUrl}   ${cloud.admin.user} ${cloud.admin.password}`,
    `clouds.yaml  ${file}`,
    `Databases  ${Object.values(cloud.databaseUrls).join(' ')}   password ${cloud.database.password}`,
    `Hosts      ${cloud.hosts.map(({ name, cell }) => `${name} (${cell})`).join(', ')}`,
    `Logs       ${join(cloud.directory, 'log')}, such as ${computeOf(cloud.hosts[0]?.name ?? '')}.log`,
    `Client     PATH=/usr/bin:/bin OS_CLIENT_CONFIG_FILE=${file} OS_CLOUD=zed openstack server list`,
    `Nova       ${nova} cell_v2 list_cells`,
    'Ctrl-C ends it.',
  ];
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
