import { cloudOf, sizes } from '../cloud/cloud';
import { figureOf, median } from '../compare';
import { counted } from '../format';
import { growthPlot } from '../growthPlot';
import { scanOnce } from '../scan/scan';
import type { Cost } from '../scan/scanProcess';
import type { Work } from '../work';

export const work: Work = {
  name: 'growth',
  title: 'What a scan costs as the cloud grows',
  peers: ['the product itself, on a cloud of a tenth of the size'],
  goals: ['ten times the instances take at most 11 times the time'],
  async measure(lab) {
    const counts = lab.small ? [2_000, 4_000, 10_000] : [sizes.small, sizes.middle, sizes.million];
    const measured: { readonly count: number; readonly costs: readonly Cost[] }[] = [];
    for (const count of counts) {
      const server = await cloudOf(lab, count);
      const costs: Cost[] = [];
      for (let round = 0; round <= lab.rounds; round++) costs.push(await scanOnce(server));
      measured.push({ count, costs: costs.slice(1) });
      await server.stop();
    }
    const rows = measured.map(({ count, costs }) => ({
      count,
      seconds: median(costs.map(({ seconds }) => seconds)),
      bytes: median(costs.map(({ bytes }) => bytes)),
    }));
    lab.table({
      title: 'A scan, from nothing to all suspects, in a process of its own',
      head: ['instances', 'live', 'time', 'memory above idle', 'longest without a turn for others'],
      rows: measured.map(({ count, costs }, index) => [
        count.toLocaleString('en'),
        String(costs[0]?.instances),
        counted(rows[index]?.seconds ?? NaN, 's'),
        counted(rows[index]?.bytes ?? NaN, 'bytes'),
        counted(median(costs.map(({ blocked }) => blocked)), 'ms'),
      ]),
    });
    lab.picture(
      'growth',
      'Time and memory of a scan by the size of the cloud',
      growthPlot(rows, 'instances'),
    );
    const times = measured.map(({ costs }) => costs.map(({ seconds }) => seconds));
    return [
      figureOf({
        name: 'time of a scan of a million instances',
        peer: 'of a tenth of them, times ten',
        unit: 's',
        goal: 1.1,
        ours: times[2] ?? [],
        theirs: (times[1] ?? []).map((seconds) => 10 * seconds),
      }),
    ];
  },
};
