import { json } from 'node:stream/consumers';
import { createCloudAccess } from '../../../src/cloud/createCloudAccess';
import { readConfigurations } from '../../../src/cloud/readConfigurations';
import { surveyHosts } from '../../../src/evidence/hostSurvey';
import { defaultThresholds } from '../../../src/model/scene';
import type { Order, Said } from './order';

/** The product's own scan of the hosts, in a process of its own: the order on stdin, the hosts read whole on stdout. */
async function main(): Promise<void> {
  const idle = process.memoryUsage().rss;
  const { addresses, port, keyFile, knownHostsFile, instancesPath, hostname, fanOut } = (await json(
    process.stdin,
  )) as Order;
  const { clouds, problems } = readConfigurations([
    {
      name: 'bench',
      apiDatabase: 'mysql://nobody@127.0.0.1:1/nova_api',
      ssh: { user: 'root', port, keyFile, knownHostsFile, configFile: 'none', hostsAtATime: fanOut },
      instancesPath,
      libvirtContainer: 'none',
    },
  ]);
  const [configuration] = clouds;
  if (!configuration) throw new Error(JSON.stringify(problems));
  const nobody = (): Promise<never> => Promise.reject(new Error('nobody was to be asked'));
  const logger = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
  };
  const clock = { now: () => new Date() };
  const access = createCloudAccess({
    configuration,
    secrets: { get: () => Promise.resolve(undefined), store: nobody, delete: nobody },
    prompts: { trustHostKey: nobody, password: nobody },
    hostKeys: { get: () => [], add: nobody },
    logger,
    clock,
  });
  const nodes = [{ cell: 'cell1', id: 1, hypervisorHostname: hostname, uuid: null }];
  const hosts = addresses.map((address) => ({
    ...{ host: address, address, nodes, listed: true, cells: [], hypervisorType: 'QEMU' },
  }));
  const reports = await surveyHosts(access, hosts, clock, {
    ...{ clock, logger, thresholds: defaultThresholds, signs: new Set(), sightings: new Map(), keeps: [] },
  });
  const missed = reports.find(({ source }) => !source.complete);
  if (missed) throw new Error(`${missed.host} was not read: ${JSON.stringify(missed.source)}`);
  const done = reports.filter(({ domains }) => domains.length > 0).length;
  const bytes = process.resourceUsage().maxRSS * 1024 - idle;
  process.stdout.write(JSON.stringify({ done, bytes } satisfies Said));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
