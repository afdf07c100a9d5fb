import assert from 'node:assert/strict';
import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { directive } from '../../../src/cleanup/directives';
import { parse } from '../../../src/cleanup/parse';
import type { RunContext } from '../../../src/execution/context';
import { dryRunPlan } from '../../../src/execution/dryRunPlan';
import { listRuns, readJournal } from '../../../src/execution/readJournal';
import { runPlan } from '../../../src/execution/runPlan';
import { CancelledError } from '../../../src/model/errors';
import type { RunReport, StepOutcome } from '../../../src/model/report';
import type { Suspect } from '../../../src/model/suspect';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { contextOn } from './bench';
import { bearingOut, planText, removeCache, sectionText, unitText } from './planText';

describe('a run of a plan', function () {
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

  const simple = (uuid: string): string => sectionText(uuid, unitText(context, uuid, removeCache(uuid)));
  const failing = (uuid: string): string => sectionText(uuid, unitText(context, uuid, removeCache(uuid, 2)));
  const threeSections = (...make: ((uuid: string) => string)[]): string =>
    planText(context, ...live.map((uuid, index) => (make[index] ?? simple)(uuid)));

  const unitOfMapping = (uuid: string, rows: number): string =>
    [
      '-- @unit database="api" schema="nova_api"',
      'START TRANSACTION;',
      `SELECT IF(COUNT(*) = ${rows}, 'ok', ~0 + 1) FROM nova_api.instance_mappings WHERE instance_uuid = '${uuid}' FOR UPDATE;`,
      '-- @expect rows=1',
      `UPDATE nova_api.instance_mappings SET queued_for_delete = 0 WHERE instance_uuid = '${uuid}';`,
      'COMMIT;',
    ].join('\n');

  function run(text: string, options = {}, changes: Partial<Suspect> = {}): Promise<RunReport> {
    return runPlan(parse(text), text, { ...context, look: bearingOut(text, changes) }, options);
  }

  const outcomes = (report: RunReport): StepOutcome[] => report.sections.map(({ outcome }) => outcome);

  async function caches(): Promise<number> {
    const uuids = live.map((uuid) => `'${uuid}'`).join(', ');
    const [row] = await cloud.sql(
      `SELECT COUNT(*) FROM instance_info_caches WHERE instance_uuid IN (${uuids})`,
      'nova_cell1',
    );
    return Number(row?.[0]);
  }

  async function nothingChanged(): Promise<void> {
    assert.equal(await cloud.dump(), planted);
    assert.equal(existsSync(context.folder), false);
  }

  it('does its sections in turn, and finds the suspects gone', async () => {
    const text = threeSections();
    const report = await run(text);
    assert.deepEqual(outcomes(report), ['done', 'done', 'done']);
    assert.deepEqual(
      report.sections.map(({ gone }) => gone),
      [true, true, true],
    );
    assert.equal(await caches(), 0);
  });

  it('leaves its plan, its journal and its report behind', async () => {
    const text = planText(context, simple(live[0] ?? ''));
    const { run: name, folder = '' } = await run(text);
    assert.equal(readFileSync(join(folder, 'plan.cleanup.sql'), 'utf8'), text);
    assert.equal((JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as RunReport).run, name);
    const events = (await readJournal(context.folder, name)).map(({ event }) => event);
    assert.deepEqual(events, ['run-begun', 'step-begun', 'prepared', 'committed', 'step-ended', 'run-ended']);
    assert.deepEqual(
      (await listRuns(context.folder)).map((each) => [each.run, each.outcome]),
      [[name, 'done']],
    );
  });

  it('runs the chosen sections only', async () => {
    const report = await run(threeSections(), { sections: [live[1]] });
    assert.deepEqual(
      report.sections.map(({ uuid }) => uuid),
      [live[1]],
    );
    assert.equal(await caches(), 2);
  });

  it('stops at the first section that fails', async () => {
    const report = await run(threeSections(simple, failing));
    assert.deepEqual(outcomes(report), ['done', 'rolled-back', 'skipped']);
    assert.equal(report.sections[1]?.problem?.code, 'unexpected-count');
    assert.equal(await caches(), 2);
    assert.equal((await listRuns(context.folder))[0]?.outcome, 'stopped');
  });

  it('tells of a section that stopped half-way as failed, for a part of it stands', async () => {
    const uuid = live[0] ?? '';
    const api = unitOfMapping(uuid, 7);
    const report = await run(
      planText(context, sectionText(uuid, unitText(context, uuid, removeCache(uuid)), api)),
    );
    assert.deepEqual(outcomes(report), ['failed']);
    assert.equal(report.sections[0]?.problem?.code, 'guard-unmet');
  });

  it('leaves out a section with an open question, and runs the others', async () => {
    const confirm = directive('confirm', { type: (live[0] ?? '').slice(0, 8), typed: '' });
    const manual = directive('manual', { command: 'openstack volume list', done: 'no' });
    const asking = (uuid: string): string =>
      sectionText(uuid, confirm, unitText(context, uuid, removeCache(uuid)));
    const waiting = (uuid: string): string =>
      sectionText(uuid, manual, unitText(context, uuid, removeCache(uuid)));
    const report = await run(threeSections(asking, waiting));
    assert.deepEqual(outcomes(report), ['refused', 'refused', 'done']);
    assert.equal(await caches(), 2);
  });

  it('says nothing of what could not be looked at afterwards', async () => {
    const text = planText(context, simple(live[0] ?? ''));
    const seen = bearingOut(text);
    let looks = 0;
    const look: RunContext['look'] = (uuids) =>
      (looks += 1) === 1 ? seen(uuids) : Promise.resolve(new Map());
    const report = await runPlan(parse(text), text, { ...context, look }, {});
    assert.deepEqual(outcomes(report), ['done']);
    assert.equal(report.sections[0]?.gone, undefined);
  });

  describe('is refused as a whole', () => {
    it('on a read-only cloud, which a dry run is not', async () => {
      context = await contextOn(cloud, { readOnly: true });
      const text = threeSections();
      await assert.rejects(run(text), { code: 'read-only' });
      const report = await dryRunPlan(parse(text), text, { ...context, look: bearingOut(text) }, {});
      assert.deepEqual(outcomes(report), ['rolled-back', 'rolled-back', 'rolled-back']);
      await nothingChanged();
    });

    it('above the cap of the cloud, to which leftover rows do not count', async () => {
      context = await contextOn(cloud, { maxInstances: 1 });
      const leftover = (uuid: string): string =>
        sectionText(uuid, unitOfMapping(uuid, 1)).replace('depth="complete"', 'depth="purge"');
      await assert.rejects(run(threeSections(simple, simple, leftover)), {
        code: 'plan-refused',
        message: /2 instances.*1 at a time/,
      });
      await nothingChanged();
      assert.deepEqual(outcomes(await run(threeSections(simple, leftover, leftover))), [
        'done',
        'done',
        'done',
      ]);
    });

    it('when its text is not in order, naming the line', async () => {
      const text = threeSections((uuid) => simple(uuid).replace('DELETE', 'DESTROY'));
      const line = text.slice(0, text.indexOf('DESTROY')).split('\n').length;
      await assert.rejects(run(text), { code: 'plan-refused', message: new RegExp(`Line ${line}: `) });
      await nothingChanged();
    });

    it('but not for the text of sections that are not chosen', async () => {
      const text = threeSections((uuid) => simple(uuid).replace('DELETE', 'DESTROY'));
      assert.deepEqual(outcomes(await run(text, { sections: live.slice(1) })), ['done', 'done']);
    });

    it('when it is the plan of another cloud', async () => {
      await assert.rejects(run(threeSections().replace('cloud="demo"', 'cloud="other"')), {
        code: 'plan-refused',
        message: /other/,
      });
      await assert.rejects(
        run(threeSections().replaceAll(context.cells[1]?.uuid ?? '', 'c0ffee00-0000-4000-8000-000000000001')),
        { code: 'plan-refused' },
      );
      await nothingChanged();
    });

    it('when a section is chosen that it does not have', async () => {
      await assert.rejects(run(threeSections(), { sections: ['c0ffee00-0000-4000-8000-000000000001'] }), {
        code: 'plan-refused',
      });
      await nothingChanged();
    });

    it('when the look fails', async () => {
      const text = threeSections();
      const look = (): Promise<never> => Promise.reject(new Error('no look'));
      await assert.rejects(runPlan(parse(text), text, { ...context, look }, {}), /no look/);
      await nothingChanged();
    });

    it('when it is cancelled before the first change', async () => {
      await assert.rejects(run(threeSections(), { signal: AbortSignal.abort() }), CancelledError);
      await nothingChanged();
    });
  });

  it('that is cancelled in the middle keeps what was committed and leaves out the rest', async () => {
    const cancel = new AbortController();
    const onProgress = (done: number): void => {
      if (done === 1) {
        cancel.abort();
      }
    };
    const report = await run(threeSections(), { signal: cancel.signal, onProgress });
    assert.equal(report.sections[0]?.outcome, 'done');
    assert.notEqual(report.sections[1]?.outcome, 'done');
    assert.equal(report.sections[2]?.outcome, 'skipped');
    assert.equal(await caches(), 2);
  });

  describe('that is only dry', () => {
    it('tries every unit and leaves nothing behind', async () => {
      const text = threeSections(simple, failing);
      const report = await dryRunPlan(parse(text), text, { ...context, look: bearingOut(text) }, {});
      assert.deepEqual(outcomes(report), ['rolled-back', 'failed', 'rolled-back']);
      assert.deepEqual(
        report.sections[0]?.steps.map(({ rows, expected }) => [rows, expected]),
        [
          [1, undefined],
          [1, 1],
          [1, 1],
        ],
      );
      assert.equal(report.folder, undefined);
      await nothingChanged();
    });

    it('counts what a run would refuse, and says that it would', async () => {
      const text = planText(context, simple(live[0] ?? ''));
      const report = await dryRunPlan(
        parse(text),
        text,
        { ...context, look: bearingOut(text, { verdict: 'unknown' }) },
        {},
      );
      assert.deepEqual(outcomes(report), ['refused']);
      assert.equal(report.sections[0]?.problem?.code, 'stale-evidence');
      assert.deepEqual(
        report.sections[0]?.steps.map(({ rows }) => rows),
        [1, 1, 1],
      );
      await nothingChanged();
    });
  });
});
