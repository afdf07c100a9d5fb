import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection, type Connection } from 'mysql2/promise';
import type { CloudAccess } from '../../../src/cloud/access';
import type { RunContext } from '../../../src/execution/context';
import { Journal } from '../../../src/execution/journal';
import { type JournalLine } from '../../../src/execution/journalLine';
import { readJournal } from '../../../src/execution/readJournal';
import { runUnit, type StepResult } from '../../../src/execution/unit';
import { OperatorError } from '../../../src/model/errors';
import type { Statement } from '../../../src/model/plan';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { cellIn, contextOn, dropCache, guard, isReviewed, rename, section, unit, update } from './bench';

const run = '20261123T103107Z-abcdef';

describe('a unit of a plan', function () {
  this.timeout(60_000);
  let cloud: DemoCloud;
  let context: RunContext;
  let journal: Journal;
  let uuid: string;
  let planted: string;

  before(async () => {
    cloud = await sharedCloud();
  });

  beforeEach(async () => {
    await cloud.reset();
    context = await contextOn(cloud);
    journal = await Journal.open(context.folder, run, 'the plan', context.clock);
    uuid = cloud.planted.find(({ kind, cell }) => kind === 'stuck-deleting' && cell === 'cell1')?.uuid ?? '';
    planted = await cloud.dump(['nova_cell1']);
  });

  function runIt(statements: Statement[], signal?: AbortSignal): Promise<StepResult> {
    const step = unit(cellIn(context, 'nova_cell1'), 'nova_cell1', ...statements);
    return runUnit(section(uuid, step), step, context, journal, signal);
  }

  async function events(): Promise<string[]> {
    const lines = await readJournal(context.folder, run).catch((): JournalLine[] => []);
    return lines.map(({ event }) => event);
  }

  function fragments(): string[] {
    return readdirSync(join(context.folder, run, 'restore'));
  }

  async function nothingChanged(): Promise<void> {
    assert.equal(await cloud.dump(['nova_cell1']), planted);
  }

  describe('in the company of other sessions', () => {
    let other: Connection;

    beforeEach(async () => {
      const { host, port, user, password } = cloud.database;
      other = await createConnection({ host, port, user, password, database: 'nova_cell1' });
    });

    afterEach(async () => {
      other.destroy();
      await cloud.sql('SET GLOBAL innodb_lock_wait_timeout = 50');
    });

    it('is tried again after a deadlock', async () => {
      await other.query('START TRANSACTION');
      await other.query(`UPDATE instance_extra SET flavor = 'heavy' WHERE instance_uuid = '${uuid}'`);
      // The server ends the transaction that has changed less, which is then not this one.
      await other.query("INSERT INTO tags (resource_id, tag) SELECT uuid, 'heavy' FROM instances");
      const running = runIt([
        rename(uuid),
        update('instance_extra', 'updated_at = NOW()', `instance_uuid = '${uuid}'`, 1),
      ]);
      await waiting(cloud);
      await other.query(`UPDATE instances SET hostname = 'other' WHERE uuid = '${uuid}'`);
      await other.query('ROLLBACK');
      assert.equal((await running).outcome, 'done');
      assert.ok(deadlocks(await cloud.sql('SHOW ENGINE INNODB STATUS')), 'there was a deadlock');
      assert.deepEqual(
        await cloud.sql(`SELECT hostname FROM instances WHERE uuid = '${uuid}'`, 'nova_cell1'),
        [['renamed']],
      );
    });

    it('gives up when a row stays locked, and changes nothing', async () => {
      await cloud.sql('SET GLOBAL innodb_lock_wait_timeout = 1');
      await other.query('START TRANSACTION');
      await other.query(`SELECT * FROM instance_info_caches WHERE instance_uuid = '${uuid}' FOR UPDATE`);
      const { outcome, error } = await runIt([rename(uuid), dropCache(uuid)]);
      assert.equal(outcome, 'rolled-back');
      assert.match(String(error), /[Ll]ock wait timeout/);
      await nothingChanged();
    });

    it('locks the rows that its guard has counted, and those that it found missing', async () => {
      const free = 'c0ffee00-0000-4000-8000-000000000001';
      const absent = guard(
        `SELECT IF(COUNT(*) = 0, 'ok', ~0 + 1) FROM nova_cell1.instances WHERE uuid = '${free}' FOR UPDATE`,
      );
      const { access } = context;
      let seen: unknown;
      context = {
        ...context,
        access: beforeCommit(access, async () => {
          await other.query('SET SESSION innodb_lock_wait_timeout = 1');
          seen = await other
            .query(`INSERT INTO instances (uuid, deleted) VALUES ('${free}', 0)`)
            .catch((error: unknown) => error);
        }),
      };
      assert.equal((await runIt([absent, rename(uuid)])).outcome, 'done');
      assert.match(String(seen), /[Ll]ock wait timeout/);
    });
  });

  describe('whose connection breaks during COMMIT', () => {
    it('is done when the COMMIT had arrived', async () => {
      context = {
        ...context,
        access: atCommit(context.access, async (commit) => {
          await commit();
          throw new OperatorError('unreachable', 'the connection was lost', '');
        }),
      };
      assert.equal((await runIt([isReviewed(uuid), rename(uuid)])).outcome, 'done');
      assert.deepEqual(await events(), ['prepared', 'committed']);
    });

    it('is rolled back when it had not', async () => {
      context = {
        ...context,
        access: atCommit(context.access, async (_commit, kill) => {
          await kill();
          throw new OperatorError('unreachable', 'the connection was lost', '');
        }),
      };
      const { outcome } = await runIt([isReviewed(uuid), dropCache(uuid)]);
      assert.equal(outcome, 'rolled-back');
      assert.deepEqual(await events(), ['prepared', 'void']);
      assert.match(fragments().join(), /\.void$/);
      await nothingChanged();
    });

    it('stays unknown when the server does not answer any more', async () => {
      let broken = false;
      const { access } = context;
      const lost = (): Promise<never> =>
        Promise.reject(new OperatorError('unreachable', 'the connection was lost', ''));
      const breaking = atCommit(access, () => {
        broken = true;
        return lost();
      });
      context = {
        ...context,
        access: {
          ...breaking,
          openCell: (cell, signal) => (broken ? lost() : breaking.openCell(cell, signal)),
        },
      };
      const { outcome, error } = await runIt([isReviewed(uuid), dropCache(uuid)]);
      assert.equal(outcome, 'unknown');
      assert.match(String(error), /not known/);
      assert.deepEqual(await events(), ['prepared', 'unsettled']);
    });
  });
});

type Act = () => Promise<unknown>;

/** The access with something in the place of every COMMIT in a cell. */
function atCommit(access: CloudAccess, instead: (commit: Act, kill: Act) => Promise<unknown>): CloudAccess {
  return {
    ...access,
    openCell: async (cell, signal) => {
      const connection = await access.openCell(cell, signal);
      const change = connection.change.bind(connection);
      const kill = async (): Promise<void> => {
        const [row] = await connection.query('SELECT CONNECTION_ID() AS id');
        await change(`KILL ${String(row?.id)}`).catch(() => undefined);
      };
      connection.change = async (sql, cancel) => {
        if (sql === 'COMMIT') {
          await instead(() => change(sql), kill);
          return { affectedRows: 0 };
        }
        return change(sql, cancel);
      };
      return connection;
    },
  };
}

function beforeCommit(access: CloudAccess, act: Act): CloudAccess {
  return atCommit(access, async (commit) => {
    await act();
    await commit();
  });
}

/** Resolves when some session waits for a row. InnoDB renews this table when nobody has read it for 0.1 s. */
async function waiting(cloud: DemoCloud): Promise<void> {
  while ((await cloud.sql('SELECT 1 FROM information_schema.INNODB_LOCK_WAITS')).length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function deadlocks(status: string[][]): boolean {
  return status.flat().join('\n').includes('LATEST DETECTED DEADLOCK');
}
