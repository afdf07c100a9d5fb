import { cloudOf, sizes } from '../cloud/cloud';
import { compare, figureOf, timed, within } from '../compare';
import { readByClient } from '../client';
import { scanOnce, tell } from '../scan/scan';
import type { Cost } from '../scan/scanProcess';
import { cellStatements } from '../scan/statements';
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
    'the same client, which gets the statements that the scan asks the cell, one after another: the time that the server needs for them, without the API database, Placement, and the second look at the suspects',
  ],
  goals: [
    'from nothing to all suspects in at most 0.9 times the time in which the client reads the rows',
    'from nothing to all suspects in at most 0.9 times the time in which the client gets the answers of the cell',
    'at most 150 MiB above the idle process',
    'nothing else waits for more than 50 ms',
  ],
  async measure(lab) {
    const server = await cloudOf(lab, lab.small ? sizes.small : sizes.million);
    const costs: Cost[] = [];
    const answers: number[] = [];
    const rows = timed(() => readByClient(server, 'nova_cell1', reads.join('; ')));
    const statements = await cellStatements(server);
    const answered = timed(() => readByClient(server, 'nova_cell1', statements.join('; ')));
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
        answers.push(await answered());
        return rows();
      },
    });
    tell(lab, costs);
    const counted = costs.slice(1);
    return [
      time,
      figureOf({
        name: 'scan to suspects, held against its statements',
        peer: 'mariadb client asks the cell the same',
        unit: 's',
        goal: 0.9,
        ours: time.ours,
        theirs: answers.slice(1),
      }),
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
