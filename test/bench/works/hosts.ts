import { ensureHostsPackages } from '../../setup/debianPackages.mjs';
import { figureOf, median } from '../compare';
import { counted } from '../format';
import { growthPlot } from '../growthPlot';
import { clientsOn, type ClientName, type Use } from '../hosts/clients';
import { startSite } from '../hosts/site';
import type { Figure, Lab, Work } from '../work';

const fanOut = 32;
const tools = ['clush', 'pdsh', 'parallel-ssh'] as const;

/** Of each client, the rounds at one number of hosts. */
type Uses = Map<ClientName, Use[]>;

export const work: Work = {
  name: 'hosts',
  title: 'Reading the compute hosts over SSH',
  peers: [
    `clush, pdsh -R ssh and parallel-ssh of Debian, which run the same command on the same hosts, ${fanOut} at once`,
    'for the time that it takes: a bare ssh2 client that logs in and runs the same command and checks nothing; what sshd and the hosts need is in both',
  ],
  goals: [
    'a host costs at most a sixth of the CPU time of the client that it costs the best of the tools',
    'it takes at most 1.1 times as long as the bare client',
  ],
  async measure(lab) {
    await ensureHostsPackages();
    const { few, some, usual, many } = lab.small
      ? { few: 2, some: 5, usual: 10, many: 20 }
      : { few: 10, some: 100, usual: 200, many: 1000 };
    const site = await startSite(lab.directory, many);
    try {
      const run = async (hosts: number, names: readonly ClientName[]): Promise<Uses> =>
        inTurns(lab, hosts, names, await clientsOn(site, hosts, fanOut, lab.directory));
      const atUsual = await run(usual, ['product', 'bare', ...tools]);
      const best = tools.reduce((one, other) =>
        cpuOf(atUsual, other, usual) < cpuOf(atUsual, one, usual) ? other : one,
      );
      const atMany = await run(many, ['product', 'bare', best]);
      const curve = [
        { hosts: few, uses: await run(few, ['product']) },
        { hosts: some, uses: await run(some, ['product']) },
        { hosts: many, uses: atMany },
      ];
      lab.note(`addresses of one sshd in a network of its own; ${many} hosts are in known_hosts`);
      lab.note(
        'each host has 10 domains and 10 directories; its virsh is a script that answers at once. CPU time is that of the client and its children, not of sshd',
      );
      lab.note(
        `all hosts are this machine: sshd needs so much CPU time for a login that no client comes beyond about ten logins a second here`,
      );
      medians(lab, usual, atUsual);
      medians(lab, many, atMany);
      draw(lab, curve);
      return [...figures(usual, atUsual, best), ...figures(many, atMany, best)];
    } finally {
      await site.stop();
    }
  },
};

/** Each client in turn, and by turns the first. */
async function inTurns(
  lab: Lab,
  hosts: number,
  names: readonly ClientName[],
  clients: Awaited<ReturnType<typeof clientsOn>>,
): Promise<Uses> {
  const uses: Uses = new Map(names.map((name) => [name, []]));
  for (let round = 0; round < lab.rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const use = await clients[name]();
      uses.get(name)?.push(use);
      const cpu = (use.cpuSeconds * 1000) / hosts;
      lab.say(`${hosts} hosts, ${name}: ${cpu.toFixed(1)} CPU ms a host, ${use.seconds.toFixed(1)} s`);
    }
  }
  return uses;
}

function figures(hosts: number, uses: Uses, best: ClientName): Figure[] {
  return [
    figureOf({
      ...{ name: `client CPU for each of ${hosts} hosts`, peer: `${best}, the best of them` },
      ...{ unit: 'CPU ms', goal: 1 / 6 },
      ...{ ours: cpuTimes(uses, 'product', hosts), theirs: cpuTimes(uses, best, hosts) },
    }),
    figureOf({
      ...{ name: `reading ${hosts} hosts`, peer: 'a bare ssh2 client', unit: 's', goal: 1.1 },
      ...{ ours: times(uses, 'product'), theirs: times(uses, 'bare') },
    }),
  ];
}

function medians(lab: Lab, hosts: number, uses: Uses): void {
  lab.table({
    title: `Medians of ${hosts} hosts`,
    head: ['client', 'CPU ms a host', 'seconds'],
    rows: [...uses.keys()].map((name) => [
      name,
      cpuOf(uses, name, hosts).toFixed(1),
      median(times(uses, name)).toFixed(1),
    ]),
  });
}

function draw(lab: Lab, curve: readonly { readonly hosts: number; readonly uses: Uses }[]): void {
  const points = curve.map(({ hosts, uses }) => ({
    count: hosts,
    seconds: median(times(uses, 'product')),
    bytes: median((uses.get('product') ?? []).map(({ bytes = NaN }) => bytes)),
    cpu: cpuOf(uses, 'product', hosts),
  }));
  lab.table({
    title: 'What reading the hosts costs the product, in a process of its own',
    head: ['hosts', 'time', 'client CPU', 'of a host', 'memory above idle'],
    rows: points.map(({ count, seconds, bytes, cpu }) => [
      count.toLocaleString('en'),
      counted(seconds, 's'),
      counted(cpu * count, 'CPU ms'),
      counted(cpu, 'CPU ms'),
      counted(bytes, 'bytes'),
    ]),
  });
  lab.picture('hosts', 'Time and memory of reading the hosts by their number', growthPlot(points, 'hosts'));
}

function times(uses: Uses, name: ClientName): number[] {
  return (uses.get(name) ?? []).map(({ seconds }) => seconds);
}

function cpuTimes(uses: Uses, name: ClientName, hosts: number): number[] {
  return (uses.get(name) ?? []).map(({ cpuSeconds }) => (cpuSeconds * 1000) / hosts);
}

function cpuOf(uses: Uses, name: ClientName, hosts: number): number {
  return median(cpuTimes(uses, name, hosts));
}
