import type { Zombie } from './zombie';

export const attachBrokenOff: Zombie = {
  kind: 'volume-without-attachment',
  verdict: 'suspected',
  how: 'it was reserved for an instance, and whoever had asked for that never came back',
  prepare: (bench) => bench.volume('reserved'),
  async happen({ cloud }, volume) {
    await cloud.session.must('volumev3', 'POST', `/volumes/${volume}/action`, { 'os-reserve': {} });
    return volume;
  },
};
