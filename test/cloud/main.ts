import { startCloud } from './demoCloud';

/** `tsx test/cloud/main.ts [name]`: the demo cloud in the foreground, until SIGINT or SIGTERM. */
async function main(): Promise<void> {
  const started = Date.now();
  const name = process.argv[2];
  const cloud = await startCloud({ apis: true, ...(name === undefined ? {} : { name }) });
  const { database, ssh, apis } = cloud;
  const first = ssh.addresses['compute-01'] ?? '';
  const lines = [
    `The demo cloud runs in ${cloud.directory} (${((Date.now() - started) / 1000).toFixed(1)} s).`,
    `API database  ${database.apiUrl}   password ${database.password}`,
    `Placement     ${database.placementUrl}`,
    `APIs          OS_CLIENT_CONFIG_FILE=${apis?.cloudsFile} openstack --os-cloud ${apis?.cloudName} ...`,
    `A shell       ssh -p ${ssh.port} -i ${ssh.keyFile} -o UserKnownHostsFile=${ssh.knownHostsFile} root@${first}`,
    ...Object.entries(ssh.addresses).map(([host, address]) => `${host}    ${address}`),
    'Ctrl-C ends it.',
  ];
  process.stdout.write(lines.join('\n') + '\n');
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void cloud.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  // Nothing else keeps the process alive: the servers are processes of their own.
  setInterval(() => undefined, 60_000);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
