import { join } from 'node:path';
import { computeOf, startOpenStack, type OpenStack } from './openstack';

/** `tsx test/openstack/main.ts [name]`: an OpenStack in the foreground, until SIGINT or SIGTERM. */
async function main(): Promise<void> {
  const signal = new Promise<void>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => {
        resolve();
      });
    }
  });
  // Nothing else keeps the process alive: the servers are processes of their own.
  const alive = setInterval(() => undefined, 60_000);
  const started = Date.now();
  const say = (message: string): void => {
    console.log(`${seconds(started).padStart(6)} s  ${message}`);
  };
  const cloud = await startOpenStack({ name: process.argv[2] ?? 'developer', say });
  say('ready');
  console.log(howToReach(cloud).join('\n'));
  await signal;
  console.log('stopping');
  await cloud.stop();
  clearInterval(alive);
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

function seconds(since: number): string {
  return ((Date.now() - since) / 1000).toFixed(1);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
