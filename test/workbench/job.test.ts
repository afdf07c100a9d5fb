import assert from 'node:assert/strict';
import type { DemoCloud, KindId } from '../cloud/demoCloud';
import type { View } from './harness/view';
import type { Workbench } from './harness/workbench';
import { addsACloud } from './job/adding';
import { deletesHistory } from './job/deletedHistory';
import { looksBack } from './job/history';
import { looksAround } from './job/looking';
import { lineOf, sectionLines, withoutLines } from './job/planText';
import { runsAndTakesBack } from './job/running';
import { setStage, type Stage } from './job/stage';
import { host, leftover, orphan, orphanLabel, spared, stuck } from './job/subjects';
import { snapshot, uuidOf } from './job/traces';

/** Kinds that show only where the services' APIs are asked: this cloud has none. */
const ofServices: ReadonlySet<KindId> = new Set([
  'volume-gone',
  'stale-network-info',
  'orphan-port',
  'idle-floating-ip',
  'orphan-attachment',
  'volume-without-attachment',
  'held-bare-metal-node',
  'project-gone',
]);

describe('the whole job with mouse and keyboard', function () {
  // each step stands on the one before it
  this.bail(true);
  let stage: Stage;
  let cloud: DemoCloud;
  let workbench: Workbench;
  let view: View;
  let plan: string;

  before(async () => {
    stage = await setStage();
    ({ cloud, workbench, view } = stage);
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('job-failed');
  });

  after(async () => {
    await stage.stop();
  });

  it('asks for the password and about an unknown host key, and shows what a scan found', async () => {
    await view.select('demo');
    await view.expand('demo');
    await view.pressInline('demo', 'Scan Cloud');
    await workbench.quickInput.typeOnKeyboard(cloud.database.password);
    assert.match(await workbench.quickInput.text(), /Password of nova@127\.0\.0\.1:\d+ on demo/);
    assert.equal(await workbench.quickInput.value(), cloud.database.password);
    await workbench.quickInput.accept();
    const { host: stranger, fingerprint } = stage.stranger;
    const question = await workbench.dialog.text();
    assert.ok(
      question.includes(`Is this the SSH key of ${stranger}?`) && question.includes(fingerprint),
      question,
    );
    await workbench.screenshot('job-1-host-key');
    await workbench.dialog.press('Trust');
    await view.waitFor(stranger, /domains$/);
    await view.waitFor('compute-04', /^did not answer/);
    await view.waitFor('Suspects without a host', /suspects/);
    await view.waitFor('Rows of the cells', /suspects/);
    await view.waitFor('Soft-deleted history', /^\d+ instances$/);
    await view.waitForMessage(/^demo: scanned just now\. Could not be read: compute-04$/);
    const suspects = cloud.planted.filter(
      ({ expect, kind }) =>
        (expect === 'confirmed' || expect === 'suspected') && !ofServices.has(kind ?? 'domain-gone'),
    );
    const uuids = new Set(suspects.map(({ uuid }) => uuid));
    assert.equal(await workbench.badge('OpenStack Zombies'), String(uuids.size));
  });

  it('asks nothing a second time', async () => {
    await Promise.all([view.waitFor('demo', /scanning/), view.pressTitleButton('Scan All Clouds')]);
    await view.waitFor('demo', /^DEMO$/);
    await view.expand(host);
    await view.expand('Rows of the cells');
    await workbench.screenshot('job-2-tree');
  });

  it('drafts an annotated plan for what is ticked', async () => {
    for (const label of [stuck, leftover, spared, orphanLabel]) await view.tick(label);
    await view.waitForMessage(/ · Ticked: 4$/);
    await view.pressTitleButton('Draft Cleanup Plan for the Ticked');
    await workbench.quickInput.choose('Complete removal');
    await workbench.quickInput.choose('Quarantine directories');
    await workbench.editor.waitFor(/^demo-\w{8}\.cleanup\.sql/);
    assert.equal((await workbench.editor.lenses()).slice(0, 3).join(), 'demo DEMO,Run,Dry run');
    plan = await workbench.editor.text();
    for (const uuid of [uuidOf(cloud, stuck), uuidOf(cloud, leftover), uuidOf(cloud, spared), orphan]) {
      assert.ok(sectionLines(plan, uuid).count > 0);
    }
    await workbench.screenshot('job-3-plan');
  });

  it('marks what will refuse to run while it is typed', async () => {
    await workbench.editor.goTo(lineOf(plan, 'DELETE FROM nova_cell1.tags'));
    await workbench.page.keyboard.type('x');
    assert.match(
      await workbench.problems.read(),
      /Only SELECT, DELETE, UPDATE and INSERT may stand in a plan/,
    );
    await workbench.screenshot('job-4-problem');
    await workbench.page.keyboard.press('Control+Z');
    await workbench.problems.waitUntilNone();
    assert.equal(await workbench.editor.text(), plan);
  });

  it('leaves out what is deleted from the plan', async () => {
    const lines = sectionLines(plan, uuidOf(cloud, spared));
    await workbench.editor.deleteLines(lines.first, lines.count);
    plan = withoutLines(plan, lines);
    assert.equal(await workbench.editor.text(), plan);
  });

  it('counts in a dry run, next to the statements, and changes nothing', async () => {
    await workbench.editor.goTo(1);
    await workbench.editor.pressLens('Dry run');
    await workbench.notifications.waitFor('Dry run on demo DEMO: 3 instances would go through', 60_000);
    await workbench.editor.goTo(lineOf(plan, 'DELETE FROM nova_cell1.instance_system_metadata'));
    await workbench.editor.waitForLens('9 rows, as expected');
    await workbench.screenshot('job-5-dry-run');
    assert.deepEqual(await snapshot(cloud), stage.untouched);
  });

  runsAndTakesBack(() => stage);

  looksAround(() => stage);

  addsACloud(() => stage);

  looksBack(() => stage);

  deletesHistory(() => stage);
});
