import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePurgePackages } from '../../setup/debianPackages.mjs';
import type { Database } from '../../cloud/database/mariadb';
import { figureOf, median } from '../compare';
import type { Purged } from '../purge/order';
import { populate, requirePurged, settle, version, type Population } from '../purge/population';
import { bare, byArchiver, byNovaManage, byProduct } from '../purge/sides';
import type { Figure, Lab, Work } from '../work';

/** Options of a production server that replicates; the copies begin cold, all alike. */
const durable = [
  ...['--log-bin=binlog', '--binlog-format=ROW', '--sync-binlog=1', '--server-id=1'],
  '--innodb-buffer-pool-load-at-startup=0',
];
/** What asks for the version believes that this is a MySQL, which has no DELETE ... RETURNING. */
const asMysql = '--version=8.0.36';

const names = [
  'product',
  'product without RETURNING',
  'bare',
  'nova-manage',
  'product, alone',
  'pt-archiver',
] as const;
type Name = (typeof names)[number];

export const work: Work = {
  name: 'purge',
  title: 'Deleting soft-deleted history',
  peers: [
    'nova-manage db archive_deleted_rows --until-complete, then db purge --all, of Debian',
    'pt-archiver --file --bulk-delete --commit-each --limit 1000, table by table, children first, where nothing else is in the tables',
    'the same DELETE statements over the same two connections, in the largest chunks that the plan allows, without guards, without locks on what is read and without restore files',
  ],
  goals: [
    'at most a fifth of the time of nova-manage, and a third of that of pt-archiver',
    'at most 1.10 times as long as the bare deletes, with a restore file fsynced before each COMMIT; 1.30 times where the server has no DELETE ... RETURNING',
  ],
  async measure(lab) {
    await ensurePurgePackages();
    const deleted = lab.small ? 2_000 : 100_000;
    const among = await population(lab, 'purge', { deleted, live: deleted / 10 });
    const alone = await population(lab, 'purge-alone', { deleted, live: 0 });
    const sides = new Sides(lab, { among, alone }, deleted / 10);
    // The bare deletes take their statements from a plan: the first round begins with the product.
    for (let round = 0; round < lab.rounds; round++) {
      for (const name of round % 2 === 0 ? names : names.toReversed()) await sides.measure(name);
    }
    tell(lab, sides, deleted);
    return figures(sides);
  },
};

/** A stopped server with that population. */
async function population(lab: Lab, name: string, rows: Population): Promise<Database> {
  const stamp = `${JSON.stringify(rows)}, version ${version}`;
  const server = await lab.server({ name, stamp, fill: (empty) => populate(empty, rows) });
  await server.stop();
  return server;
}

class Sides {
  readonly seconds = new Map<Name, number[]>();
  readonly runs: Purged[] = [];

  constructor(
    private readonly lab: Lab,
    private readonly stopped: { readonly among: Database; readonly alone: Database },
    private readonly live: number,
  ) {}

  of(name: Name): readonly number[] {
    return this.seconds.get(name) ?? [];
  }

  /** On a fresh copy, with a server of its own whose start does not count. */
  async measure(name: Name): Promise<void> {
    const isAlone = name === 'product, alone' || name === 'pt-archiver';
    const args = name === 'product without RETURNING' ? [...durable, asMysql] : durable;
    const server = await this.lab.copyOf(isAlone ? this.stopped.alone : this.stopped.among, args);
    try {
      await settle(server);
      const seconds = await this.once(name, server, join(this.lab.directory, isAlone ? 'alone' : 'among'));
      await requirePurged(server, isAlone ? 0 : this.live);
      this.seconds.set(name, [...this.of(name), seconds]);
      this.lab.say(`${name}: ${seconds.toFixed(1)} s`);
    } finally {
      await server.stop();
      rmSync(server.directory, { recursive: true, force: true });
    }
  }

  private async once(name: Name, server: Database, folder: string): Promise<number> {
    const { directory } = this.lab;
    switch (name) {
      case 'nova-manage':
        return byNovaManage(server, directory);
      case 'pt-archiver':
        return byArchiver(server, directory);
      case 'bare':
        return bare(server, folder);
      default: {
        const run = await byProduct(server, folder);
        if (name === 'product') this.runs.push(run);
        return run.seconds;
      }
    }
  }
}

function tell(lab: Lab, sides: Sides, deleted: number): void {
  const of = (what: (run: Purged) => number): number => median(sides.runs.map(what));
  lab.note(
    `${deleted} soft-deleted instances of 24 rows in 11 tables, ${deleted / 10} live ones among them; each side of each round begins on a fresh copy of the data, on a server that was just started and whose start does not count`,
  );
  lab.note(
    'innodb_flush_log_at_trx_commit = 1, binlog of rows, sync_binlog = 1, buffer pool 2 GB; Nova has the schema of Zed. The deleted instances had no host in the end, and the live ones are on a VMware: no host is read',
  );
  lab.note(
    `the time of a run has its own look at the whole cloud in it; the draft before it takes ${of(({ draftSeconds }) => draftSeconds).toFixed(1)} s more`,
  );
  lab.note(
    `a run used ${of(({ cpuSeconds }) => cpuSeconds).toFixed(1)} s of CPU beside the server, and left ${of(({ files }) => files)} restore files of ${(of(({ bytes }) => bytes) / 1e6).toFixed(0)} MB in all`,
  );
  lab.note('after each run the rows of the live instances are counted: they are there, and nothing else');
  lab.note(
    'without RETURNING: the server says that it is a MySQL, so rows are read with SELECT ... FOR UPDATE before they are deleted; no MySQL was measured',
  );
  lab.table({
    title: 'Medians',
    head: ['way', 'seconds', 'instances each second'],
    rows: names.map((name) => {
      const seconds = median(sides.of(name));
      return [name, seconds.toFixed(1), String(Math.round(deleted / seconds))];
    }),
  });
}

function figures(sides: Sides): Figure[] {
  const against = (name: string, goal: number, ours: Name, peer: Name): Figure =>
    figureOf({ name, goal, peer, unit: 's', ours: sides.of(ours), theirs: sides.of(peer) });
  return [
    against('deleting history', 0.2, 'product', 'nova-manage'),
    against('with nothing else in the tables', 1 / 3, 'product, alone', 'pt-archiver'),
    against('guards and restore files', 1.1, 'product', 'bare'),
    against('the same without RETURNING', 1.3, 'product without RETURNING', 'bare'),
  ];
}
