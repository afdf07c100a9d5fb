import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { parse } from '../../../src/cleanup/parse';
import type { CloudAccess } from '../../../src/cloud/access';
import type { RunContext } from '../../../src/execution/context';
import { dryRunPlan } from '../../../src/execution/dryRunPlan';
import { withRunLock } from '../../../src/execution/runLock';
import { runPlan } from '../../../src/execution/runPlan';
import { OperatorError } from '../../../src/model/errors';
import type { RunReport } from '../../../src/model/report';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { contextOn } from './bench';
import { bearingOut, planText, removeCache, sectionText, unitText } from './planText';

describe('one run of a cloud at a time', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;
  let context: RunContext;
  let uuids: string[];
  let text: string;
  let planted: string;

  before(async () => {
    cloud = await sharedCloud();
  });

  beforeEach(async () => {
    await cloud.reset();
    context = await contextOn(cloud);
    const rows = await cloud.sql(
      'SELECT uuid FROM instances JOIN instance_info_caches c ON c.instance_uuid = uuid WHERE instances.deleted = 0 ORDER BY 1 LIMIT 2',
      'nova_cell1',
    );
    uuids = rows.flat();
    const sections = uuids.map((uuid) => sectionText(uuid, unitText(context, uuid, removeCache(uuid))));
    text = planText(context, ...sections);
    planted = await cloud.dump();
  });

  function run(on: RunContext): Promise<RunReport> {
    return runPlan(parse(text), text, { ...on, look: bearingOut(text) }, {});
  }

  const outcomes = ({ sections }: RunReport): unknown[] =>
    sections.map(({ outcome, problem }) => [outcome, problem?.code]);

  /** The connections that hold a lock. */
  async function holders(): Promise<string[]> {
    return (await cloud.sql("SELECT IS_USED_LOCK('openstack_zombies:nova_api')")).flat();
  }

  it('a second one, from wherever, is told who is running, and changes nothing', async () => {
    const second = await contextOn(cloud);
    const error = await withRunLock(context, async () => {
      const [holder] = await holders();
      const refused: unknown = await run(second).catch((caught: unknown) => caught);
      assert.ok(OperatorError.is(refused, 'busy'), String(refused));
      assert.match(
        refused.message,
        new RegExp(`of nova from 127\\.0\\.0\\.1:\\d+, connection ${holder ?? ''} `),
      );
      assert.match(refused.action, new RegExp(`KILL ${holder ?? ''} `));
      return refused;
    });
    assert.match(error.message, /demo/);
    assert.equal(await cloud.dump(), planted);
    assert.equal(existsSync(second.folder), false);
  });

  it('may begin once the other has ended', async () => {
    await withRunLock(context, () => Promise.resolve());
    assert.deepEqual(await holders(), ['NULL']);
    assert.deepEqual(outcomes(await run(await contextOn(cloud))), [
      ['done', undefined],
      ['done', undefined],
    ]);
    assert.deepEqual(await holders(), ['NULL']);
  });

  it('is held from before the look until after the one that verifies', async () => {
    const held: boolean[] = [];
    const seen = bearingOut(text);
    const look: RunContext['look'] = async (...asked) => {
      held.push((await holders())[0] !== 'NULL');
      return seen(...asked);
    };
    await runPlan(parse(text), text, { ...context, look }, {});
    assert.deepEqual(held, [true, true]);
  });

  it('ends before its next transaction when its lock is gone', async () => {
    const kill = once(async () => cloud.sql(`KILL ${(await holders())[0] ?? ''}`));
    const report = await run({ ...context, access: atCommit(context.access, kill) });
    assert.deepEqual(outcomes(report), [
      ['done', undefined],
      ['skipped', 'lock-lost'],
    ]);
    const [, second] = report.sections;
    assert.equal(second?.steps.length, 1);
    assert.match(second.problem?.action ?? '', /scan again/);
  });

  it('ends before its next transaction when another has taken its lock', async () => {
    let release: () => void = () => undefined;
    const takeOver = once(async () => {
      await cloud.sql(`KILL ${(await holders())[0] ?? ''}`);
      const other = await contextOn(cloud);
      await new Promise<void>((taken) => {
        void withRunLock(other, () => {
          taken();
          return new Promise<void>((resolve) => (release = resolve));
        });
      });
    });
    const report = await run({ ...context, access: atCommit(context.access, takeOver) });
    release();
    assert.deepEqual(outcomes(report).at(-1), ['skipped', 'lock-lost']);
  });

  it('does not keep a dry run out', async () => {
    await withRunLock(context, async () => {
      const surroundings = { ...context, look: bearingOut(text) };
      const report = await dryRunPlan(parse(text), text, surroundings, {});
      assert.deepEqual(
        report.sections.map(({ outcome }) => outcome),
        ['rolled-back', 'rolled-back'],
      );
    });
  });

  it('is nothing that a read-only cloud asks for', async () => {
    const readOnly = await contextOn(cloud, { readOnly: true });
    const opened: string[] = [];
    const access: CloudAccess = {
      ...readOnly.access,
      openApi: (...asked) => {
        opened.push('api');
        return readOnly.access.openApi(...asked);
      },
    };
    await assert.rejects(run({ ...readOnly, access }), (error) => OperatorError.is(error, 'read-only'));
    assert.deepEqual(opened, []);
  });

  it('can not be had on a server that forbids such locks, which the log says', async () => {
    const warnings: string[] = [];
    const logger = { ...context.logger, warn: (message: string) => void warnings.push(message) };
    const report = await run({ ...context, logger, access: strict(context.access) });
    assert.deepEqual(outcomes(report), [
      ['done', undefined],
      ['done', undefined],
    ]);
    assert.match(warnings.join('\n'), /not kept out.*prohibits use of GET_LOCK/);
  });
});

function once(act: () => Promise<unknown>): () => Promise<void> {
  let done = false;
  return async () => {
    if (done) return;
    done = true;
    await act();
  };
}

function atCommit(access: CloudAccess, act: () => Promise<void>): CloudAccess {
  return {
    ...access,
    openCell: async (cell, signal, use) => {
      const connection = await access.openCell(cell, signal, use);
      const change = connection.change.bind(connection);
      connection.change = async (sql, cancel) => {
        if (sql === 'COMMIT') await act();
        return change(sql, cancel);
      };
      return connection;
    },
  };
}

/** Answers GET_LOCK as Percona XtraDB Cluster does with pxc_strict_mode = ENFORCING. */
function strict(access: CloudAccess): CloudAccess {
  const refusal = 'Percona-XtraDB-Cluster prohibits use of GET_LOCK with pxc_strict_mode = ENFORCING';
  return {
    ...access,
    openApi: async (signal, use) => {
      const connection = await access.openApi(signal, use);
      const query = connection.query.bind(connection);
      connection.query = async (sql, values, cancel) => {
        if (!sql.includes('GET_LOCK')) return query(sql, values, cancel);
        await connection.change(
          `SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1105, MESSAGE_TEXT = '${refusal}'`,
        );
        return [];
      };
      return connection;
    },
  };
}
