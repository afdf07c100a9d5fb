import assert from 'node:assert/strict';
import { draft } from '../../../src/cleanup/draft';
import { parse } from '../../../src/cleanup/parse';
import { readContents } from '../../../src/evidence/contents';
import type { RunContext } from '../../../src/execution/context';
import { goOnText } from '../../../src/execution/goOn';
import { readJournal } from '../../../src/execution/readJournal';
import { restorePlanText, settleRun } from '../../../src/execution/restorePlan';
import { runPlan } from '../../../src/execution/runPlan';
import type { RunReport } from '../../../src/model/report';
import type { Suspect } from '../../../src/model/suspect';
import type { DemoCloud } from '../../cloud/demoCloud';
import { CuttingProxy, type Cut } from '../../faults/cuttingProxy';
import { fillIn } from '../app/product';
import { sharedCloud } from '../sharedCloud';
import { cloudName, contextOn } from './bench';
import { bearingOut } from './planText';

describe('a COMMIT that brings rows back, and whose answer is lost', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;
  let context: RunContext;
  let proxy: CuttingProxy;
  let uuid: string;
  let planted: string;
  let cleaned: string;
  let back: string;
  let id: string;

  before(async () => {
    cloud = await sharedCloud();
  });

  beforeEach(async () => {
    await cloud.reset();
    context = { ...(await contextOn(cloud)), commitTimeoutMs: 1_500 };
    proxy = await CuttingProxy.start(cloud.database.port);
    uuid = cloud.planted.find(({ name }) => name === 'stuck-clean')?.uuid ?? '';
    planted = await cloud.dump();
    [[id = ''] = []] = await cloud.sql(`SELECT id FROM instances WHERE uuid = '${uuid}'`, 'nova_cell1');
    const text = await removal();
    const report = await runPlan(parse(text), text, { ...context, look: bearingOut(text) }, {});
    assert.deepEqual(outcomes(report), ['done']);
    cleaned = await cloud.dump(['nova_cell1']);
    back = await restorePlanText(context.folder, report.run, context.clock);
    assert.deepEqual(kinds(back), ['insert']);
  });

  afterEach(() => proxy.close());

  async function removal(): Promise<string> {
    const contents = (await readContents(context.access, context.cells, [uuid])).get(uuid) ?? [];
    const remedy = { wanted: true, depth: 'complete', depths: ['complete'] } as const;
    const suspect: Suspect = {
      ...{ uuid, name: 'a name', why: 'why', bytes: 0 },
      ...{ evidence: [], cleared: [], missing: [], ladder: [], addresses: [], also: [] },
      subject: 'instance',
      kind: 'stuck-deleting',
      verdict: 'confirmed',
      remedy: { ...remedy, domains: [], directories: [], manual: [] },
    };
    const { text, refused } = draft({
      cloud: cloudName,
      cells: context.cells.map((cell) => cell.uuid),
      id: 'a-plan',
      drafted: '2026-11-23T10:31:07Z',
      scanned: '2026-11-23T10:30:51Z',
      subjects: [{ suspect, contents }],
      depth: 'complete',
      directories: 'quarantine',
    });
    assert.deepEqual(refused, []);
    return text;
  }

  /** Runs the way back, with the first COMMIT in a cell cut so. */
  async function runCut(cut: Cut): Promise<RunReport> {
    const { access } = context;
    const cells = context.cells.map((cell) => ({
      ...cell,
      url: cell.url.replace(`:${cloud.database.port}/`, `:${proxy.port}/`),
    }));
    let armed = true;
    const openCell: typeof access.openCell = async (...args) => {
      const connection = await access.openCell(...args);
      const change = connection.change.bind(connection);
      connection.change = (sql, signal) => {
        if (sql === 'COMMIT' && armed) {
          armed = false;
          proxy.cut(cut);
        }
        return change(sql, signal);
      };
      return connection;
    };
    const on = { ...context, cells, access: { ...access, openCell }, look: bearingOut(back) };
    const report = await runPlan(parse(back), back, on, {});
    proxy.heal();
    return report;
  }

  async function lastWord({ run }: RunReport): Promise<string | undefined> {
    const words = ['committed', 'void', 'unsettled'];
    return (await readJournal(context.folder, run)).findLast(({ event }) => words.includes(event))?.event;
  }

  it('is done when the rows are there', async () => {
    const report = await runCut({ towards: 'client', after: 0, then: 'cut' });
    assert.deepEqual(outcomes(report), ['done']);
    assert.equal(await cloud.dump(), planted);
  });

  it('is rolled back when they are not', async () => {
    const report = await runCut({ towards: 'server', after: 0, then: 'cut' });
    // The rows of the API database had come back before.
    assert.deepEqual(outcomes(report), ['failed']);
    assert.equal(await lastWord(report), 'void');
    assert.equal(await cloud.dump(['nova_cell1']), cleaned);
  });

  describe('and nobody could ask the database then', () => {
    it('is done when the rows are there later, also when Nova has written to them', async () => {
      const report = await runCut({ towards: 'client', after: 0, then: 'hang' });
      assert.equal(await lastWord(report), 'unsettled');
      await cloud.sql(
        `UPDATE instances SET updated_at = NOW(), power_state = 4 WHERE uuid = '${uuid}'`,
        'nova_cell1',
      );
      assert.equal(await settleRun(context.folder, report.run, context), 0);
      assert.equal(await lastWord(report), 'committed');
    });

    it('is void when they are not there later, and all of it is left to do', async () => {
      const report = await runCut({ towards: 'server', after: 0, then: 'hang' });
      await assert.rejects(goOnText(context.folder, report.run, context), { code: 'stale-evidence' });
      assert.equal(await settleRun(context.folder, report.run, context), 0);
      assert.equal(await lastWord(report), 'void');
      assert.equal(await cloud.dump(['nova_cell1']), cleaned);
      const rest = fillIn(await goOnText(context.folder, report.run, context));
      const gone = await runPlan(parse(rest), rest, { ...context, look: bearingOut(rest) }, {});
      assert.deepEqual(outcomes(gone), ['done']);
      assert.equal(await cloud.dump(), planted);
    });

    it('is void when another row has come to the key of the first', async () => {
      const report = await runCut({ towards: 'server', after: 0, then: 'hang' });
      await cloud.sql(
        `INSERT INTO instances (id, uuid, created_at, deleted) VALUES (${id}, UUID(), NOW(), 0)`,
        'nova_cell1',
      );
      assert.equal(await settleRun(context.folder, report.run, context), 0);
      assert.equal(await lastWord(report), 'void');
    });
  });
});

function outcomes({ sections }: RunReport): string[] {
  return sections.map(({ outcome }) => outcome);
}

function kinds(text: string): string[] {
  const steps = parse(text).sections.flatMap((section) => section.steps);
  const statements = steps.flatMap((step) => (step.step === 'unit' ? step.statements : []));
  return [...new Set(statements.map(({ kind }) => kind))];
}
