import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudAccess } from '../../../src/cloud/access';
import type { Connection } from '../../../src/cloud/database/connection';
import { directive } from '../../../src/cleanup/directives';
import { parse } from '../../../src/cleanup/parse';
import type { RunContext } from '../../../src/execution/context';
import { readJournal } from '../../../src/execution/readJournal';
import { restorePlanText } from '../../../src/execution/restorePlan';
import { runPlan } from '../../../src/execution/runPlan';
import { settle } from '../../../src/execution/settle';
import type { RunReport } from '../../../src/model/report';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { cellIn, contextOn } from './bench';
import { startLyingProxy } from './lyingProxy';
import { bearingOut, planText, removeCache, sectionText, unitText } from './planText';

describe('a COMMIT whose answer is not the server’s', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;
  let context: RunContext;
  let uuid: string;
  let planted: string;

  before(async () => {
    cloud = await sharedCloud();
  });

  beforeEach(async () => {
    await cloud.reset();
    context = await contextOn(cloud);
    uuid = cloud.planted.find(({ kind, cell }) => kind === 'stuck-deleting' && cell === 'cell1')?.uuid ?? '';
    planted = await cloud.dump();
  });

  function run(text: string, on = context): Promise<RunReport> {
    return runPlan(parse(text), text, { ...on, look: bearingOut(text) }, {});
  }

  async function runBehindProxy(errno: number, delivered: boolean): Promise<RunReport> {
    const proxy = await startLyingProxy(cloud.database.port, errno, delivered);
    try {
      const cells = context.cells.map((cell) => ({
        ...cell,
        url: cell.url.replace(`:${cloud.database.port}/`, `:${proxy.port}/`),
      }));
      const text = planText(context, sectionText(uuid, unitText(context, uuid, removeCache(uuid))));
      return await run(text, { ...context, cells });
    } finally {
      proxy.close();
    }
  }

  const outcomes = ({ sections }: RunReport): string[] => sections.map(({ outcome }) => outcome);

  for (const errno of [2013, 2003, 1927, 1105, 1290, 1205]) {
    it(`is done when the rows say so, though a proxy said error ${errno}`, async () => {
      const report = await runBehindProxy(errno, true);
      assert.deepEqual(outcomes(report), ['done']);
      assert.notEqual(await cloud.dump(), planted);
      const back = await run(await restorePlanText(context.folder, report.run, context.clock));
      assert.deepEqual(outcomes(back), ['done']);
      assert.equal(await cloud.dump(), planted);
    });
  }

  describe('and that did not reach the server', () => {
    it('is rolled back, and its way back is kept by another name', async () => {
      const report = await runBehindProxy(2013, false);
      assert.deepEqual(outcomes(report), ['rolled-back']);
      assert.equal(await cloud.dump(), planted);
      const events = (await readJournal(context.folder, report.run)).map(({ event }) => event);
      assert.ok(events.includes('void'));
      const files = readdirSync(join(report.folder ?? '', 'restore'));
      assert.deepEqual(files, ['00001-nova_cell1.sql.void']);
    });

    it('is named by the restore plan, which may take it in when the rows are changed all the same', async () => {
      const report = await runBehindProxy(2013, false);
      const text = await restorePlanText(context.folder, report.run, context.clock);
      const [, file = ''] = /(restore\/\S+\.void)/.exec(text) ?? [];
      const unit = readFileSync(join(report.folder ?? '', file), 'utf8');
      const head = { uuid, name: '', kind: 'restore', verdict: 'confirmed', depth: 'none' };
      const pasted = `${text}\n${directive('instance', head)}\n${unit}`;
      // What the database did not know of when it was asked.
      await cloud.sql(
        `DELETE FROM instance_info_caches WHERE instance_uuid = '${uuid}'; UPDATE instances SET deleted = id, cleaned = 0 WHERE uuid = '${uuid}'`,
        'nova_cell1',
      );
      assert.deepEqual(outcomes(await run(pasted)), ['done']);
      assert.equal(await cloud.dump(), planted);
      // And it changes nothing where there is nothing to bring back.
      assert.deepEqual(outcomes(await run(pasted)), ['rolled-back']);
      assert.equal(await cloud.dump(), planted);
    });
  });

  describe('is asked for', () => {
    const witness = { sql: 'SELECT @@SESSION.wsrep_sync_wait AS n', committed: 1 } as const;
    const ask = (access: CloudAccess): Promise<string> =>
      settle({ ...context, access }, cellIn(context, 'nova_cell1'), witness, context.logger);

    it('only after the node has applied all that its cluster has', async () => {
      const seen: unknown[] = [];
      const access = listening(context.access, (sql, rows) => {
        if (sql === witness.sql) seen.push(...rows);
      });
      await ask(access);
      assert.deepEqual(seen, [{ n: 7 }]);
    });

    it('also of a server that knows nothing of clusters', async () => {
      const access = renaming(context.access);
      assert.equal(await ask(access), 'void');
    });
  });
});

function listening(
  access: CloudAccess,
  onRows: (sql: string, rows: readonly unknown[]) => void,
): CloudAccess {
  return altered(access, (connection) => {
    const query = connection.query.bind(connection);
    connection.query = async (sql, values, signal) => {
      const rows = await query(sql, values, signal);
      onRows(sql, rows);
      return rows;
    };
  });
}

/** Asks for a setting that the server does not have. */
function renaming(access: CloudAccess): CloudAccess {
  return altered(access, (connection) => {
    const change = connection.change.bind(connection);
    connection.change = (sql, signal) =>
      change(sql.replace('wsrep_sync_wait', 'wsrep_no_such_setting'), signal);
  });
}

function altered(access: CloudAccess, alter: (connection: Connection) => void): CloudAccess {
  return {
    ...access,
    openCell: async (cell, signal) => {
      const connection = await access.openCell(cell, signal);
      alter(connection);
      return connection;
    },
  };
}
