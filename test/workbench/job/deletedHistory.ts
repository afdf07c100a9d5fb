import assert from 'node:assert/strict';
import type { View } from '../harness/view';
import type { Stage } from './stage';
import { snapshot } from './traces';

/** What Nova soft-deleted long ago is deleted and brought back, as tests of the suite that calls this. */
export function deletesHistory(stage: () => Stage): void {
  let view: View;

  it('drafts a plan for the soft-deleted history, with what stays', async () => {
    const { cloud, workbench } = stage();
    const { quickInput } = workbench;
    view = await workbench.openView('OpenStack Zombies', 'Clouds');
    await view.pressInline('demo', 'Scan Cloud');
    // the page was loaded anew: a browser's page has no secrets then
    await quickInput.waitForText(/Password of nova@/);
    await quickInput.type(cloud.database.password);
    await quickInput.accept();
    await view.waitForMessage(/^demo: scanned just now/, 60_000);
    await view.pressInline('Soft-deleted history', 'Draft Plan for Soft-Deleted History…');
    await quickInput.type('6');
    await quickInput.waitForText(/at least 7/);
    await quickInput.type('90');
    await quickInput.accept();
    await workbench.editor.waitFor(/^demo-\w{8}\.history\.cleanup\.sql/, 60_000);
    await workbench.screenshot('job-16-history');
  });

  it('deletes it after its number was typed, and brings it back', async () => {
    const { cloud, workbench, untouched } = stage();
    const { quickInput, dialog } = workbench;
    await workbench.editor.pressLens('Run');
    const question = await dialog.waitFor('Delete soft-deleted history on demo DEMO?');
    const [, instances = ''] = /cell1: (\d+) instances that were deleted before/.exec(question) ?? [];
    await workbench.screenshot('job-17-history-question');
    await dialog.press('Run');
    await quickInput.waitForText(new RegExp(`Type ${instances}, the number of instances`));
    await quickInput.type(instances);
    await quickInput.accept();
    await workbench.preview.waitFor('History deleted on demo', 60_000);
    await workbench.notifications.waitFor('History deleted on demo DEMO: 1 database done.');
    await workbench.screenshot('job-18-history-report');
    const gone = await snapshot(cloud);
    assert.ok(untouched.rows.length - gone.rows.length > 10 * Number(instances));
    assert.deepEqual(gone.files, untouched.files);
    await workbench.run('OpenStack Zombies: Open Restore Script of a Run…');
    await quickInput.choose(`demo: ${instances} instances, ${untouched.rows.length - gone.rows.length} rows`);
    await workbench.editor.waitFor(/^demo-\w{8}\.restore\.cleanup\.sql/);
    await workbench.editor.pressLens('Run');
    await dialog.waitFor('Run the restore plan on demo DEMO?');
    await dialog.press('Run');
    await workbench.notifications.waitFor('Restore on demo DEMO: ', 60_000);
    assert.deepEqual(await snapshot(cloud), untouched);
    await workbench.screenshot('job-19-history-restored');
  });
}
