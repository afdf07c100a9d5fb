import { randomUUID } from 'node:crypto';
import type { Zombie } from './zombie';

export const consumerLeft: Zombie = {
  kind: 'empty-consumer',
  verdict: 'suspected',
  how: 'somebody deleted its allocations in the database of Placement',
  async happen(bench) {
    const uuid = randomUUID();
    await bench.allocate(uuid, ['compute-12']);
    await bench.sql('placement', `DELETE FROM allocations WHERE consumer_id = '${uuid}'`);
    return uuid;
  },
  // it goes along with the last allocation that it has
  async mend(bench, uuid) {
    await bench.allocate(uuid, ['compute-12']);
    await bench.cloud.session.must('placement', 'DELETE', `/allocations/${uuid}`);
  },
};
