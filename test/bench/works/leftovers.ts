import { readAll, type CellRead } from '../../../src/evidence/cellReads';
import { backlogSql } from '../../../src/evidence/cellSurvey';
import { cellLeftovers, directTables } from '../../../src/evidence/leftovers';
import { readSchema } from '../../../src/evidence/schema';
import { signsOfCell } from '../../../src/evidence/signs/cellSigns';
import { cellTables } from '../../../src/model/instanceTables';
import { defaultThresholds } from '../../../src/model/scene';
import { readByClient } from '../client';
import { cloudOf, sizes } from '../cloud/cloud';
import { withViews } from '../cloud/open';
import { compare, timed } from '../compare';
import type { Work } from '../work';

export const work: Work = {
  name: 'leftovers',
  title: 'Rows without a parent, and half a delete',
  peers: [
    'mariadb --quick --batch -N with one anti-join after another: SELECT c.instance_uuid FROM child c LEFT JOIN instances i ON i.uuid = c.instance_uuid WHERE i.uuid IS NULL',
    'the same with SELECT STRAIGHT_JOIN DISTINCT i.uuid FROM child c JOIN instances i ON i.uuid = c.instance_uuid WHERE c.deleted = 0 AND i.deleted <> 0',
  ],
  goals: ['all tables are checked in at most the time that the client takes, counts included'],
  async measure(lab) {
    const size = lab.small ? sizes.small : sizes.million;
    const server = await cloudOf(lab, size);
    return withViews(server, 2, async (views) => {
      const [first] = views;
      if (!first) throw new Error('no view');
      const schema = await readSchema(first);
      const found = new Map<string, Set<string>>();
      const note = (what: string, uuid: string): void =>
        void found.set(what, (found.get(what) ?? new Set()).add(uuid));
      const leftovers = cellLeftovers('a cell', schema, ({ uuid }) => note('without a parent', uuid));
      const wanted = new Set(['live-rows-of-deleted'] as const);
      const ages = { now: new Date(), thresholds: defaultThresholds };
      const halves = signsOfCell(schema, { wanted, ages }, (uuid) => note('with half a delete', uuid));
      const tables = directTables(cellTables, schema);
      const client = (statements: readonly string[]): (() => Promise<number>) =>
        timed(() => readByClient(server, 'nova_cell1', statements.join('; ')));
      const ours = (reads: readonly CellRead[]): (() => Promise<number>) =>
        timed(() => readAll(views, reads));
      const figures = [
        await compare({
          name: `rows without a parent in ${tables.length} tables`,
          peer: 'anti-joins in the mariadb client',
          unit: 's',
          goal: 1,
          rounds: lab.rounds,
          ours: ours(leftovers),
          theirs: client(
            tables.map(
              ({ table, column }) =>
                `SELECT c.${column} FROM ${table} c LEFT JOIN instances i ON i.uuid = c.${column} WHERE i.uuid IS NULL AND c.${column} IS NOT NULL`,
            ),
          ),
        }),
        await compare({
          name: 'live rows of deleted instances',
          peer: 'joins in the mariadb client',
          unit: 's',
          goal: 1,
          rounds: lab.rounds,
          ours: ours(halves),
          theirs: client(
            tables
              .filter(({ marked }) => marked === 'soft')
              .map(
                ({ table, column }) =>
                  `SELECT STRAIGHT_JOIN DISTINCT i.uuid FROM ${table} c JOIN instances i ON i.uuid = c.${column} WHERE c.deleted = 0 AND i.deleted <> 0`,
              ),
          ),
        }),
        await compare({
          name: 'count of the soft-deleted backlog',
          peer: 'the same in the mariadb client',
          unit: 's',
          goal: 1.1,
          rounds: lab.rounds,
          ours: timed(() => first.query(backlogSql)),
          theirs: client([backlogSql]),
        }),
      ];
      lab.note(
        `${size} instances; instance_info_caches, instance_extra, instance_system_metadata, block_device_mapping, virtual_interfaces and instance_actions have a row of each, the other tables none`,
      );
      for (const [what, uuids] of found) lab.note(`${uuids.size} instances ${what} were found`);
      return figures;
    });
  },
};
