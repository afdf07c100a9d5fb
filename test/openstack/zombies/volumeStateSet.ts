import type { Zombie } from './zombie';

export const volumeStateSet: Zombie = {
  kind: 'volume-without-attachment',
  verdict: 'suspected',
  how: 'somebody set the state of the volume to in-use',
  prepare: (bench) => bench.volume('state-set'),
  async happen({ cloud }, volume) {
    await cloud.session.must('volumev3', 'POST', `/volumes/${volume}/action`, {
      'os-reset_status': { status: 'in-use' },
    });
    return volume;
  },
};
