import { freeConsumers, holding, leaveConsumers } from '../allocations/consumers';
import { removeOrphans, type Phases } from '../allocations/product';
import { figureOf, median, timed } from '../compare';
import { counted } from '../format';
import { startOpenStack, type OpenStack } from '../../openstack/openstack';
import { ensureOpenstackPackages } from '../../setup/debianPackages.mjs';
import type { Work } from '../work';

/** `nova-manage placement audit --delete` ends so when all that it found is removed. */
const allRemoved = 4;

export const work: Work = {
  name: 'allocations',
  title: 'Orphan allocations of 2,500 instances that are gone',
  peers: [
    'nova-manage placement audit --delete --verbose, with the Keystone, Placement and databases of the same OpenStack',
    'for what Placement itself allows: a bare client that knows the consumers and removes them, a hundred in a request',
  ],
  goals: ['finding them, drafting the plan and running it takes at most a tenth of the time'],
  async measure(lab) {
    await ensureOpenstackPackages();
    const count = lab.small ? 100 : 2500;
    const cloud = await startOpenStack({
      name: 'bench',
      hosts: [{ name: 'compute-11', cell: 'cell1' }],
      say: (progress) => {
        lab.say(progress);
      },
    });
    try {
      const phases: Phases[] = [];
      const seconds = { ours: [] as number[], theirs: [] as number[], bare: [] as number[] };
      const sides = {
        ours: async () => {
          phases.push(await removeOrphans(cloud, count));
        },
        theirs: () => audit(cloud),
        bare: (consumers: readonly string[]) => freeConsumers(cloud, consumers),
      };
      const names = ['ours', 'theirs', 'bare'] as const;
      for (let round = 0; round < lab.rounds; round++) {
        for (const name of round % 2 === 0 ? names : names.toReversed()) {
          const consumers = await leaveConsumers(cloud, count);
          const took = await timed(() => sides[name](consumers))();
          if ((await holding(cloud)) !== 0) throw new Error(`${name} left something`);
          seconds[name].push(took);
          lab.say(`${name}: ${took.toFixed(1)} s`);
        }
      }
      const [least, theirs] = [median(seconds.bare), median(seconds.theirs)];
      lab.note(`${count} consumers that hold three resource classes each, of a host with Nova's fake driver`);
      lab.note(
        `Placement itself needs ${counted(least, 's')} to remove them, a hundred in a request and nothing read before: ${(least / theirs).toFixed(2)} of nova-manage's time, below which nobody comes by its API. Changing its tables by SQL would leave its generations wrong, so the product never does`,
      );
      lab.table({
        title: 'Medians',
        head: ['', 'seconds'],
        rows: [
          ['product: scan', phases.map(({ scan }) => scan)],
          ['product: draft', phases.map(({ draft }) => draft)],
          ['product: run', phases.map(({ run }) => run)],
          ['nova-manage placement audit --delete', seconds.theirs],
          ['a bare client, a hundred in a request', seconds.bare],
        ].map(([name, times]) => [String(name), median(times as number[]).toFixed(2)]),
      });
      const { ours } = seconds;
      return [
        figureOf({
          ...{ name: 'finding and removing them', peer: 'nova-manage placement audit --delete' },
          ...{ unit: 's', goal: 0.1, ours, theirs: seconds.theirs },
        }),
      ];
    } finally {
      await cloud.stop();
    }
  },
};

async function audit(cloud: OpenStack): Promise<void> {
  const { code, stdout, stderr } = await cloud.novaManage(['placement', 'audit', '--delete', '--verbose']);
  if (code !== allRemoved)
    throw new Error(`nova-manage ended with ${code}: ${(stderr || stdout).slice(-2000)}`);
}
