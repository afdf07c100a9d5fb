import assert from 'node:assert/strict';
import { assertAftermath } from './aftermath';
import type { Stage } from './stage';
import { host, leftover, orphan, orphanLabel, spared, stuck } from './subjects';
import { rowCount, snapshot, survivors, uuidOf } from './traces';

/** The plan in the active editor is run and taken back, as tests of the suite that calls this. */
export function runsAndTakesBack(stage: () => Stage): void {
  let rows: number;

  it('names the cloud and the counts before it runs', async () => {
    const { cloud, workbench } = stage();
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
      'Dry-run as it stands.',
    ]);
    await workbench.screenshot('job-6-confirmation');
  });

  it('lets the directories be deleted instead, and forgets it with Cancel', async () => {
    const { workbench } = stage();
    await workbench.dialog.press('Delete Directories Instead');
    assert.match(
      await workbench.dialog.text(),
      /Directories to DELETE on compute-01: 2[^]*⚠ CHANGED since their dry run: 2/,
    );
    await workbench.screenshot('job-6-deletion');
    await workbench.dialog.press('Cancel');
    const plan = await workbench.editor.text();
    assert.match(plan, /can be brought back$/m);
    assert.doesNotMatch(plan, /then="delete"|irreversible/);
    await workbench.editor.goTo(1);
    await workbench.editor.pressLens('Run');
  });

  it('strikes out what changed since the plan was drafted, with the reason, and asks about the others', async () => {
    const { cloud, workbench, untouched } = stage();
    const itsRow = `WHERE uuid = '${uuidOf(cloud, stuck)}'`;
    await cloud.sql(`UPDATE nova_cell1.instances SET task_state = NULL ${itsRow}`);
    await workbench.dialog.press('Run');
    const question = await workbench.dialog.waitFor('Refused by the look before the run: 1 of 3 instances');
    assert.match(question, /✗ stuck.*: [^]*Nothing has been changed yet\./);
    assert.deepEqual(await workbench.dialog.buttons(), ['Cancel', 'Run the Others (2)']);
    const struckOut = await workbench.editor.struckOut();
    assert.match(struckOut, new RegExp(`@instance uuid="${uuidOf(cloud, stuck)}`));
    assert.doesNotMatch(struckOut, new RegExp(`@instance uuid="(?!${uuidOf(cloud, stuck)})`));
    await workbench.screenshot('job-6-struck-out');
    await workbench.dialog.press('Cancel');
    await cloud.sql(`UPDATE nova_cell1.instances SET task_state = 'deleting' ${itsRow}`);
    assert.deepEqual(await snapshot(cloud), untouched);
    assert.equal(await workbench.editor.struckOut(), '');
    await workbench.editor.pressLens('Run');
  });

  it('does just what stands in the plan, and says what is gone', async () => {
    const { cloud, workbench, view, untouched } = stage();
    const neighbours = await survivors(cloud, host);
    await workbench.dialog.press('Run');
    const report = await workbench.preview.waitFor('Run of a plan on demo', 60_000);
    assert.equal(report.match(/It is gone\./g)?.length, 3);
    await workbench.notifications.waitFor('Run on demo DEMO: 3 instances done.');
    await view.waitFor(host, /^9 suspects · 2 unknown/);
    await view.row(spared);
    const labels = (await view.texts()).filter((row) =>
      [stuck, leftover, orphanLabel].some((label) => row.startsWith(label)),
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
    const { cloud, workbench, view, untouched } = stage();
    await workbench.run('OpenStack Zombies: Open Restore Script of a Run…');
    await workbench.quickInput.choose(`demo: 3 instances, ${rows} rows, 2 directories`);
    await workbench.editor.waitFor(/^demo-\w{8}\.restore\.cleanup\.sql/);
    await workbench.editor.pressLens('Run');
    assert.match(await workbench.dialog.text(), /^Run the restore plan on demo DEMO\?\n3 instances\n/);
    await workbench.dialog.press('Run');
    await workbench.quickInput.waitForText(/The text was not dry-run\. Type demo/);
    await workbench.screenshot('job-8-typed');
    await workbench.quickInput.type('demo');
    await workbench.quickInput.accept();
    await view.waitFor(host, /^11 suspects · 2 unknown/, 60_000);
    for (const label of [stuck, leftover, orphanLabel]) await view.row(label);
    assert.deepEqual(await snapshot(cloud), untouched);
    await workbench.screenshot('job-8-restored');
  });

  it('marks the run as restored', async () => {
    const { workbench } = stage();
    await workbench.run('OpenStack Zombies: Open Restore Script of a Run…');
    await workbench.quickInput.waitForText(/restored already/);
    await workbench.quickInput.cancel();
    await workbench.quickInput.waitUntilClosed();
  });
}
