import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { parse } from '../../../src/cleanup/parse';
import type { RefusedSection, RunContext, RunPlanOptions } from '../../../src/execution/context';
import { runPlan } from '../../../src/execution/runPlan';
import type { RunReport } from '../../../src/model/report';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { contextOn } from './bench';
import { bearingOut, planText, removeCache, sectionText, unitText } from './planText';

describe('a plan of which the first look refuses a part', function () {
  this.timeout(60_000);
  let cloud: DemoCloud;
  let context: RunContext;
  let live: string[];
  let planted: string;

  before(async () => {
    cloud = await sharedCloud();
  });

  beforeEach(async () => {
    await cloud.reset();
    context = await contextOn(cloud);
    const rows = await cloud.sql(
      'SELECT uuid FROM instances JOIN instance_info_caches c ON c.instance_uuid = uuid WHERE instances.deleted = 0 ORDER BY 1 LIMIT 3',
      'nova_cell1',
    );
    live = rows.flat();
    planted = await cloud.dump();
  });

  /** The look bears out all but those. */
  function run(unseen: readonly string[], options: RunPlanOptions): Promise<RunReport> {
    const simple = (uuid: string): string => sectionText(uuid, unitText(context, uuid, removeCache(uuid)));
    const text = planText(context, ...live.map(simple));
    const seen = bearingOut(text);
    const look: RunContext['look'] = async (uuids) =>
      new Map([...(await seen(uuids))].filter(([uuid]) => !unseen.includes(uuid)));
    return runPlan(parse(text), text, { ...context, look }, options);
  }

  async function nothingChanged(): Promise<void> {
    assert.equal(await cloud.dump(), planted);
    assert.equal(existsSync(context.folder), false);
  }

  it('tells which and why before the first change, and runs the others when it is told to', async () => {
    const [first = ''] = live;
    let told: readonly RefusedSection[] = [];
    const report = await run([first], {
      onRefused: async (refused) => {
        told = refused;
        await nothingChanged();
        return true;
      },
    });
    assert.deepEqual(
      told.map(({ uuid }) => uuid),
      [first],
    );
    assert.equal(told[0]?.reason, report.sections[0]?.problem?.message);
    assert.deepEqual(
      report.sections.map(({ outcome, problem, gone }) => [outcome, problem?.code, gone]),
      [
        ['refused', 'stale-evidence', undefined],
        ['done', undefined, true],
        ['done', undefined, true],
      ],
    );
  });

  it('changes nothing when the others are not to run', async () => {
    const no = (): Promise<boolean> => Promise.resolve(false);
    await assert.rejects(run(live.slice(0, 2), { onRefused: no }), { name: 'CancelledError' });
    await nothingChanged();
  });

  it('is refused as a whole when nobody can be asked', async () => {
    const [first = ''] = live;
    const message = new RegExp(`refuses 1 of 3 instances. ${first}: `);
    await assert.rejects(run([first], {}), { code: 'stale-evidence', message });
    await nothingChanged();
  });

  it('is not asked about when nothing is left to run: the report says why', async () => {
    const never = (): Promise<boolean> => Promise.reject(new Error('nobody is to be asked'));
    const { sections } = await run(live, { onRefused: never });
    assert.deepEqual(
      sections.map(({ outcome }) => outcome),
      ['refused', 'refused', 'refused'],
    );
    assert.equal(await cloud.dump(), planted);
  });
});
