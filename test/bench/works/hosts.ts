import { ensureHostsPackages } from '../../setup/debianPackages.mjs';
import { figureOf, median } from '../compare';
import { clientsOn, type ClientName } from '../hosts/clients';
import { known, startSite } from '../hosts/site';
import type { Work } from '../work';

const fanOut = 32;
const tools = ['clush', 'pdsh', 'parallel-ssh'] as const;
const names: readonly ClientName[] = ['product', 'bare', ...tools];

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
    const hosts = lab.small ? 20 : 200;
    const site = await startSite(lab.directory, hosts);
    try {
      const clients = await clientsOn(site, fanOut, lab.directory);
      const cpu = new Map(names.map((name) => [name, [] as number[]]));
      const seconds = new Map(names.map((name) => [name, [] as number[]]));
      for (let round = 0; round < lab.rounds; round++) {
        for (const name of round % 2 === 0 ? names : names.toReversed()) {
          const used = await clients[name]();
          cpu.get(name)?.push((used.cpuSeconds * 1000) / hosts);
          seconds.get(name)?.push(used.seconds);
          lab.say(
            `${name}: ${((used.cpuSeconds * 1000) / hosts).toFixed(1)} CPU ms a host, ${used.seconds.toFixed(1)} s`,
          );
        }
      }
      lab.note(`${hosts} addresses of one sshd in a network of its own; ${known} hosts are in known_hosts`);
      lab.note(
        'each host has 10 domains and 10 directories; its virsh is a script that answers at once. CPU time is that of the client and its children, not of sshd',
      );
      lab.table({
        title: 'Medians',
        head: ['client', 'CPU ms a host', 'seconds'],
        rows: names.map((name) => [
          name,
          median(cpu.get(name) ?? []).toFixed(1),
          median(seconds.get(name) ?? []).toFixed(1),
        ]),
      });
      const best = tools.reduce((one, other) =>
        median(cpu.get(other) ?? []) < median(cpu.get(one) ?? []) ? other : one,
      );
      return [
        figureOf({
          ...{ name: 'client CPU a host', peer: `${best}, the best of them`, unit: 'CPU ms', goal: 1 / 6 },
          ...{ ours: cpu.get('product') ?? [], theirs: cpu.get(best) ?? [] },
        }),
        figureOf({
          ...{ name: 'reading the hosts', peer: 'a bare ssh2 client', unit: 's', goal: 1.1 },
          ...{ ours: seconds.get('product') ?? [], theirs: seconds.get('bare') ?? [] },
        }),
      ];
    } finally {
      await site.stop();
    }
  },
};
