import { randomUUID } from 'node:crypto';
import type { Zombie } from './zombie';

export const allocationLeft: Zombie = {
  kind: 'orphan-allocation',
  verdict: 'suspected',
  how: 'its allocations were written when it was long gone',
  async happen(bench) {
    const uuid = randomUUID();
    await bench.allocate(uuid, ['compute-11']);
    return uuid;
  },
};
