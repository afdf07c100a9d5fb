import type { Zombie } from './zombie';

export const deletedWhileScheduled: Zombie = {
  kind: 'mapping-without-instance',
  verdict: 'confirmed',
  how: 'it was deleted before nova-conductor, which was down and never heard of it, had placed it',
  also: ['request-spec-left-behind'],
  async happen(bench) {
    const uuid = await bench.buildLost('deleted-while-scheduled');
    await bench.cloud.deleteInstance(uuid);
    return uuid;
  },
};
