import type { Zombie } from './zombie';

export const allocationTaken: Zombie = {
  kind: 'missing-allocation',
  verdict: 'suspected',
  how: 'somebody took the allocations of a living instance',
  prepare: (bench) => bench.instance('allocation-taken', 'compute-12'),
  async happen(bench, uuid) {
    await bench.cloud.session.must('placement', 'DELETE', `/allocations/${uuid}`);
    return uuid;
  },
};
