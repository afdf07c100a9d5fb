import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RunContext } from '../../../src/execution/context';
import { Journal } from '../../../src/execution/journal';
import { type JournalLine } from '../../../src/execution/journalLine';
import { readJournal } from '../../../src/execution/readJournal';
import { dryRunUnit, runUnit, type StepResult } from '../../../src/execution/unit';
import { OperatorError } from '../../../src/model/errors';
import type { Statement } from '../../../src/model/plan';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import {
  cellIn,
  contextOn,
  dropCache,
  guard,
  isReviewed,
  remove,
  rename,
  section,
  unit,
  update,
} from './bench';

const run = '20261123T103107Z-abcdef';

describe('a unit of a plan on MariaDB', function () {
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

  it('is committed whole, its way back on the disk first', async () => {
    const { outcome, reports } = await runIt([isReviewed(uuid), dropCache(uuid), rename(uuid)]);
    assert.equal(outcome, 'done');
    assert.deepEqual(
      reports.map((step) => [step.outcome, step.rows]),
      [
        ['done', 1],
        ['done', 1],
        ['done', 1],
      ],
    );
    assert.deepEqual(await cloud.sql(`SELECT hostname FROM instances WHERE uuid = '${uuid}'`, 'nova_cell1'), [
      ['renamed'],
    ]);
    assert.deepEqual(await events(), ['prepared', 'committed']);
    const [file = ''] = fragments();
    const path = join(context.folder, run, 'restore', file);
    assert.match(
      readFileSync(path, 'utf8'),
      /^-- @unit cell=.*\nSTART TRANSACTION;\n-- @expect rows=1\nUPDATE [^;]*;\n-- @expect rows=1\nINSERT INTO [^;]*;\nCOMMIT;\n$/,
    );
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.equal(statSync(context.folder).mode & 0o777, 0o700);
    assert.equal(statSync(journal.folder).mode & 0o777, 0o700);
  });

  it('changes nothing when its guard is unmet, and says which', async () => {
    const { outcome, reports, error } = await runIt([isReviewed(uuid, 7), dropCache(uuid)]);
    assert.equal(outcome, 'rolled-back');
    assert.ok(OperatorError.is(error, 'guard-unmet') && error.message.includes('deleted = 7'));
    assert.deepEqual(
      reports.map((step) => step.outcome),
      ['failed', 'skipped'],
    );
    assert.deepEqual(fragments(), []);
    await nothingChanged();
  });

  it('of guards alone is done when they are met, with nothing to commit and nothing to take back', async () => {
    const { outcome, reports } = await runIt([isReviewed(uuid)]);
    assert.deepEqual([outcome, reports.map((step) => step.outcome)], ['done', ['done']]);
    assert.deepEqual([await events(), fragments()], [[], []]);
    assert.equal((await runIt([isReviewed(uuid, 7)])).outcome, 'rolled-back');
  });

  it('is rolled back when a later guard is unmet', async () => {
    const { reports } = await runIt([dropCache(uuid), isReviewed(uuid, 7)]);
    assert.deepEqual(
      reports.map((step) => step.outcome),
      ['rolled-back', 'failed'],
    );
    await nothingChanged();
  });

  it('is rolled back when a change touches another number of rows than expected', async () => {
    for (const expect of [0, 2]) {
      const { outcome, error } = await runIt([isReviewed(uuid), rename(uuid), dropCache(uuid, expect)]);
      assert.equal(outcome, 'rolled-back');
      assert.ok(OperatorError.is(error, 'unexpected-count'));
    }
    await nothingChanged();
  });

  it('counts a row that an UPDATE finds as it should be', async () => {
    const same = update('instances', 'deleted = 0', `uuid = '${uuid}'`, 1);
    assert.equal((await runIt([same])).outcome, 'done');
  });

  it('is rolled back when the server refuses a statement', async () => {
    const parent = remove('instances', `uuid = '${uuid}'`, 1);
    const { outcome, error } = await runIt([dropCache(uuid), parent]);
    assert.equal(outcome, 'rolled-back');
    assert.match(String(error), /foreign key/);
    await nothingChanged();
  });

  it('is rolled back when its way back cannot be saved', async () => {
    const other = await Journal.open(context.folder, '20261123T103108Z-abcdef', '', context.clock);
    Object.assign(other, { folder: '/nonexistent' });
    const step = unit(cellIn(context, 'nova_cell1'), 'nova_cell1', dropCache(uuid));
    const { outcome, error } = await runUnit(section(uuid, step), step, context, other);
    assert.equal(outcome, 'rolled-back');
    assert.match(String(error), /could not be saved/);
    await nothingChanged();
  });

  it('is not committed once cancelled', async () => {
    const cancel = new AbortController();
    const slow = guard(
      'SELECT COUNT(*) FROM nova_cell1.instances a, nova_cell1.instances b, nova_cell1.instances c, nova_cell1.instances d, nova_cell1.instances e, nova_cell1.instances f',
    );
    setTimeout(() => cancel.abort(), 300);
    const { outcome, reports } = await runIt([dropCache(uuid), slow], cancel.signal);
    assert.equal(outcome, 'rolled-back');
    assert.deepEqual(
      reports.map((step) => step.outcome),
      ['rolled-back', 'failed'],
    );
    await nothingChanged();
  });

  it('does not touch a table that can not roll back', async () => {
    await cloud.sql('ALTER TABLE tags ENGINE = MyISAM', 'nova_cell1');
    const { outcome, error } = await runIt([remove('tags', `resource_id = '${uuid}'`, 0)]);
    assert.equal(outcome, 'rolled-back');
    assert.match(String(error), /can not roll back/);
  });

  it('leaves nothing behind when it is only tried', async () => {
    const step = unit(
      cellIn(context, 'nova_cell1'),
      'nova_cell1',
      isReviewed(uuid),
      dropCache(uuid),
      rename(uuid),
    );
    const { outcome, reports } = await dryRunUnit(section(uuid, step), step, context);
    assert.equal(outcome, 'rolled-back');
    assert.deepEqual(
      reports.map((report) => report.rows),
      [1, 1, 1],
    );
    await nothingChanged();
    assert.deepEqual(fragments(), []);
  });
});
