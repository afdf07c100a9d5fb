import assert from 'node:assert/strict';
import type { DemoCloud } from '../cloud/demoCloud';
import type { View } from './harness/view';
import type { Workbench } from './harness/workbench';
import { assertAftermath } from './job/aftermath';
import { looksAround } from './job/looking';
import { lineOf, sectionLines, withoutLines } from './job/planText';
import { setStage, type Stage } from './job/stage';
import { rowCount, snapshot, survivors, uuidOf, type Snapshot } from './job/traces';

const stuck = "stuck'); DROP TABLE instances; -- */";
const leftover = 'disk-stayed';
const spared = 'half-deleted';
const orphan = 'ddeb6e86-713e-44b0-b27c-88ae1cdece3f';
const host = 'compute-01';

describe('the whole job with mouse and keyboard', () => {
  let stage: Stage;
  let cloud: DemoCloud;
  let workbench: Workbench;
  let view: View;
  let untouched: Snapshot;
  let plan: string;
  let rows: number;

  before(async () => {
    stage = await setStage();
    ({ cloud, workbench } = stage);
    untouched = await snapshot(cloud);
    view = await workbench.openView('OpenStack Zombies', 'Clouds');
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('job-failed');
  });

  after(async () => {
    await stage.stop();
  });

  it('asks for the password and about an unknown host key, and shows what a scan found', async () => {
    await view.pressInline('demo', 'Scan Cloud');
    assert.match(await workbench.quickInput.text(), /Password of nova@127\.0\.0\.1:\d+ on demo/);
    await workbench.quickInput.type(cloud.database.password);
    await workbench.quickInput.accept();
    const { host: stranger, fingerprint } = stage.stranger;
    const question = await workbench.dialog.text();
    assert.ok(
      question.includes(`Is this the SSH key of ${stranger}?`) && question.includes(fingerprint),
      question,
    );
    await workbench.screenshot('job-1-host-key');
    await workbench.dialog.press('Trust');
    await view.waitFor(stranger, /domains · answered$/);
    await view.waitFor('compute-04', /^did not answer/);
    await view.waitFor('Suspects without a host', /suspects/);
    await view.waitFor('Rows without a parent', /suspects/);
    await view.waitFor('Soft-deleted history', /2/);
    await view.waitForMessage(/^demo: scanned just now\. Could not be read: compute-04$/);
    const suspects = cloud.planted.filter(({ expect }) => expect === 'confirmed' || expect === 'suspected');
    assert.equal(await workbench.badge('OpenStack Zombies'), String(suspects.length));
  });

  it('asks nothing a second time', async () => {
    await Promise.all([view.waitFor('demo', /scanning/), view.pressTitleButton('Scan All Clouds')]);
    await view.waitFor('demo', /^DEMO$/);
    await view.expand(host);
    await view.expand('Rows without a parent');
    await workbench.screenshot('job-2-tree');
  });

  it('drafts an annotated plan for what is ticked', async () => {
    for (const label of [stuck, leftover, spared, orphan]) await view.tick(label);
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
    await workbench.notifications.waitFor('Dry run: every section would run (3).', 60_000);
    await workbench.editor.goTo(lineOf(plan, 'DELETE FROM nova_cell1.instance_system_metadata'));
    await workbench.editor.waitForLens('9 rows, as expected');
    await workbench.screenshot('job-5-dry-run');
    assert.deepEqual(await snapshot(cloud), untouched);
  });

  it('names the cloud and the counts before it runs', async () => {
    const gone = [uuidOf(cloud, stuck), orphan];
    const inCell = await rowCount(cloud, gone, 'nova_cell1');
    const inApi = await rowCount(cloud, gone, 'nova_api');
    rows = inCell + inApi;
    await workbench.editor.goTo(1);
    await workbench.editor.pressLens('Run');
    assert.deepEqual((await workbench.dialog.text()).split('\n').filter(Boolean), [
      'Run the cleanup plan on demo DEMO?',
      '3 instances',
      `${inCell} rows in nova_cell1`,
      `${inApi} rows in nova_api`,
      'Directories to quarantine on compute-01: 2 (50.4 GiB)',
      'Everything can be undone with the restore script of the run.',
    ]);
    await workbench.screenshot('job-6-confirmation');
  });

  it('does just what stands in the plan, and says what is gone', async () => {
    const neighbours = await survivors(cloud, host);
    await workbench.dialog.press('Run');
    const report = await workbench.preview.waitFor('Run of a plan on demo', 60_000);
    assert.equal(report.match(/It is gone\./g)?.length, 3);
    await view.waitFor(host, /^4 suspects · 1 unknown/);
    await view.row(spared);
    const labels = (await view.texts()).filter((row) =>
      [stuck, leftover, orphan].some((label) => row.startsWith(label)),
    );
    assert.deepEqual(labels, []);
    await workbench.screenshot('job-7-report');
    await assertAftermath(cloud, untouched, {
      removed: [uuidOf(cloud, stuck), orphan],
      quarantined: [uuidOf(cloud, stuck), uuidOf(cloud, leftover)],
      rows,
      host,
    });
    assert.deepEqual(await survivors(cloud, host), neighbours);
  });

  it('takes the run back', async () => {
    await workbench.run('OpenStack Zombies: Open Restore Script of a Run…');
    await workbench.quickInput.choose('demo');
    await workbench.editor.waitFor(/^demo-restore-\w{8}\.cleanup\.sql/);
    await workbench.editor.pressLens('Run');
    assert.match(await workbench.dialog.text(), /^Run the restore plan on demo DEMO\?\n3 instances\n/);
    await workbench.dialog.press('Run');
    await view.waitFor(host, /^6 suspects · 1 unknown/, 60_000);
    for (const label of [stuck, leftover, orphan]) await view.row(label);
    assert.deepEqual(await snapshot(cloud), untouched);
    await workbench.screenshot('job-8-restored');
  });

  looksAround(() => ({ cloud, workbench, view }));
});
