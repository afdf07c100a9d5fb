import type { Zombie } from './zombie';

export const buildLost: Zombie = {
  kind: 'stuck-build-request',
  verdict: 'suspected',
  how: 'nova-conductor was down and the broker lost the message that asked it to build',
  happen: (bench) => bench.buildLost('build-lost'),
};
