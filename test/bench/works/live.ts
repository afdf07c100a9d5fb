import { Glimpses } from '../../../src/evidence/glimpses';
import { LiveRows } from '../../../src/evidence/liveRows';
import { readSchema, tableOf } from '../../../src/evidence/schema';
import { readByClient } from '../client';
import { cloudOf, sizes } from '../cloud/cloud';
import { withViews } from '../cloud/open';
import { compare, timed } from '../compare';
import type { Work } from '../work';

export const work: Work = {
  name: 'live',
  title: 'The live rows among a million',
  peers: [
    "mariadb --quick --batch -N -e 'SELECT ... FROM instances WHERE deleted = 0' > /dev/null, the same columns",
  ],
  goals: ['read, kept and joined by UUID in at most 1.2 times the time in which the client reads them'],
  async measure(lab) {
    const server = await cloudOf(lab, lab.small ? sizes.small : sizes.million);
    return withViews(server, 1, async ([view]) => {
      if (!view) throw new Error('no view');
      const live = new LiveRows('a cell', tableOf(await readSchema(view), 'instances'));
      let glimpses = new Glimpses();
      const figure = await compare({
        name: 'live rows into memory',
        peer: 'mariadb client reads them',
        unit: 's',
        goal: 1.2,
        rounds: 2 * lab.rounds,
        ours: timed(() => {
          glimpses = new Glimpses();
          return view.packets(live.sql, () => (buffer, offset) => glimpses.row(live.read(buffer, offset)));
        }),
        theirs: timed(() => readByClient(server, 'nova_cell1', live.sql)),
      });
      lab.note(`${glimpses.rows} live rows, a tenth of \`instances\`; ${live.sql}`);
      return [figure];
    });
  },
};
