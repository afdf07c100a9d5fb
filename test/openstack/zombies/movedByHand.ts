import type { Zombie } from './zombie';

export const movedByHand: Zombie = {
  kind: 'domain-on-another-host',
  verdict: 'suspected',
  how: 'somebody wrote another host into its row',
  depth: 'repair',
  prepare: (bench) => bench.instance('moved-by-hand', 'kvm-11'),
  async happen(bench, uuid) {
    await bench.sql(
      'nova_cell1',
      `UPDATE instances SET host = 'kvm-12', node = 'kvm-12' WHERE uuid = '${uuid}'`,
    );
    return uuid;
  },
};
