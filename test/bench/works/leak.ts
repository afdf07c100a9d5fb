import { figureOf } from '../compare';
import { cloudOf } from '../cloud/cloud';
import { scanIn } from '../scan/scan';
import type { Work } from '../work';

const scans = 200;
const early = 20;

export const work: Work = {
  name: 'leak',
  title: 'Two hundred scans in a row',
  peers: [`the heap of the same process after ${early} scans; both after a garbage collection`],
  goals: [`the heap after ${scans} scans is at most 1.1 times that after ${early}`],
  async measure(lab) {
    const server = await cloudOf(lab, 2_000);
    const last = lab.small ? early + 10 : scans;
    const costs = await scanIn(server, last);
    const heapAfter = (count: number): number => costs[count - 1]?.heap ?? NaN;
    lab.note(`a cloud of 2,000 instances; ${costs[0]?.instances} of them live`);
    return [
      figureOf({
        name: `heap after ${scans} scans`,
        peer: `after ${early} scans`,
        unit: 'bytes',
        goal: 1.1,
        ours: [heapAfter(last)],
        theirs: [heapAfter(early)],
      }),
    ];
  },
};
