import { cloudOf, sizes } from '../cloud/cloud';
import { compare, within } from '../compare';
import { readByClient } from '../client';
import { scanOnce, tell } from '../scan/scan';
import type { Cost } from '../scan/scanProcess';
import type { Work } from '../work';

/** All that a scan looks through, as somebody has to read it who judges elsewhere. */
const reads = [
  `SELECT uuid, project_id, host, vm_state, task_state, power_state, hidden, deleted, created_at, updated_at,
    deleted_at, launched_at FROM nova_cell1.instances`,
  ...['instance_info_caches', 'instance_extra', 'instance_system_metadata', 'block_device_mapping'].map(
    childSql,
  ),
  ...['virtual_interfaces', 'instance_actions'].map(childSql),
  'SELECT instance_uuid, cell_id, queued_for_delete, created_at FROM nova_api.instance_mappings',
  'SELECT instance_uuid FROM nova_api.request_specs',
  'SELECT consumer_id, resource_provider_id FROM placement.allocations',
];

function childSql(table: string): string {
  return `SELECT instance_uuid, deleted FROM nova_cell1.${table}`;
}

export const work: Work = {
  name: 'scan',
  title: 'Scan of a million instances',
  peers: [
    'mariadb --quick --batch -N > /dev/null, which reads the rows of the tables that a scan looks through, with the columns that it looks at, one table after another; it joins and judges nothing',
  ],
  goals: [
    'from nothing to all suspects in at most 0.9 times the time in which the client reads the rows',
    'at most 150 MiB above the idle process',
    'nothing else waits for more than 50 ms',
  ],
  async measure(lab) {
    const server = await cloudOf(lab, lab.small ? sizes.small : sizes.million);
    const costs: Cost[] = [];
    const time = await compare({
      name: 'scan to suspects',
      peer: 'mariadb client reads the same tables',
      unit: 's',
      goal: 0.9,
      rounds: lab.rounds,
      ours: async () => {
        const cost = await scanOnce(server);
        costs.push(cost);
        return cost.seconds;
      },
      theirs: async () => {
        const start = performance.now();
        await readByClient(server, 'nova_cell1', reads.join('; '));
        return (performance.now() - start) / 1000;
      },
    });
    tell(lab, costs);
    const counted = costs.slice(1);
    return [
      time,
      within(150 * 2 ** 20, {
        name: 'memory of a scan',
        unit: 'bytes',
        ours: counted.map(({ bytes }) => bytes),
      }),
      within(50, {
        name: 'longest time without a turn for others',
        unit: 'ms',
        ours: counted.map(({ blocked }) => blocked),
      }),
    ];
  },
};
