import assert from 'node:assert/strict';
import type { RunContext } from '../../../src/execution/context';
import { Journal } from '../../../src/execution/journal';
import { runUnit } from '../../../src/execution/unit';
import type { DemoCloud } from '../../cloud/demoCloud';
import { CuttingProxy } from '../../faults/cuttingProxy';
import { sharedCloud } from '../sharedCloud';
import { cellIn, contextOn, dropCache, isReviewed, section, unit } from './bench';

/** What a transaction asks and says by itself, beside the statements of the plan. */
const questions = {
  'begins its transaction': /^START TRANSACTION/,
  'reads the shape of a table': /information_schema\.COLUMNS/,
  'asks what the server does by itself': /information_schema\.TRIGGERS/i,
  'tries the way back': /^SAVEPOINT/,
  'looks for the parent of the rows': /SELECT COUNT\(\*\) AS n FROM nova_cell1\.instances/,
};

describe('a cancel of a run whose server hangs', function () {
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
    planted = await cloud.dump(['nova_cell1']);
  });

  for (const [moment, pattern] of Object.entries(questions)) {
    it(`ends it when it ${moment}`, async () => {
      const proxy = await CuttingProxy.start(cloud.database.port);
      const cancel = new AbortController();
      try {
        const hanging = hangingAt(throughProxy(proxy), pattern, () => {
          proxy.cut({ towards: 'client', after: 0, then: 'hang' });
          setTimeout(() => cancel.abort(), 200);
        });
        const step = unit(cellIn(context, 'nova_cell1'), 'nova_cell1', isReviewed(uuid), dropCache(uuid));
        const run = '20261123T103107Z-abcdef';
        const journal = await Journal.open(context.folder, run, 'the plan', context.clock);
        const ended = await runUnit(section(uuid, step), step, hanging, journal, cancel.signal);
        assert.equal(ended.outcome, 'rolled-back');
        assert.ok(cancel.signal.aborted);
      } finally {
        proxy.close();
      }
      assert.equal(await cloud.dump(['nova_cell1']), planted);
    });
  }

  function throughProxy(proxy: CuttingProxy): RunContext {
    const [from, to] = [`:${cloud.database.port}/`, `:${proxy.port}/`];
    return { ...context, cells: context.cells.map((cell) => ({ ...cell, url: cell.url.replace(from, to) })) };
  }
});

/** Tells when a statement of this form is about to leave. */
function hangingAt(context: RunContext, pattern: RegExp, act: () => void): RunContext {
  const { access } = context;
  let acted = false;
  const before = (sql: string): void => {
    if (acted || !pattern.test(sql)) return;
    acted = true;
    act();
  };
  const openCell: typeof access.openCell = async (...args) => {
    const connection = await access.openCell(...args);
    const [query, change] = [connection.query.bind(connection), connection.change.bind(connection)];
    connection.query = (sql, ...rest) => {
      before(sql);
      return query(sql, ...rest);
    };
    connection.change = (sql, ...rest) => {
      before(sql);
      return change(sql, ...rest);
    };
    return connection;
  };
  return { ...context, access: { ...access, openCell } };
}
