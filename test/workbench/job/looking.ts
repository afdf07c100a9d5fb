import assert from 'node:assert/strict';
import { waitFor } from '../../cloud/ports';
import type { Stage } from './stage';
import { leftover } from './subjects';
import { uuidOf } from './traces';

/** It has a volume, whose connection_info holds credentials. */
const live = 'web-01-12';
const suspect = 'resize-left-behind';

/** The ways to look at a scanned cloud, as tests of the suite that calls this. */
export function looksAround(stage: () => Stage): void {
  it('says of a live instance that is looked up why it is not suspected', async () => {
    const { cloud, workbench, view } = stage();
    await workbench.run('OpenStack Zombies: Look Up Instances…');
    await workbench.quickInput.type(uuidOf(cloud, live));
    await workbench.quickInput.accept();
    await view.waitFor(live, /^not suspected$/);
    await view.expand(live);
    const reason = 'stuck deleting: no, no such delete was begun: vm_state active, task_state NULL';
    await waitFor('the reasons', 10, async () => (await view.texts()).some((row) => row.startsWith(reason)));
    await workbench.screenshot('job-9-look-up');
  });

  it('narrows the tree to a subnet, and widens it again', async () => {
    const { workbench, view } = stage();
    const wide = await view.description('Rows of the cells');
    await view.pressTitleButton('Filter Suspects…');
    await workbench.quickInput.type('172.20.69.0/24');
    await workbench.quickInput.accept();
    await view.waitFor('Rows of the cells', /^3 suspects$/);
    await view.waitForMessage(/ · Filter: 172\.20\.69\.0\/24$/);
    assert.ok(!(await view.texts()).some((row) => row.startsWith(leftover)));
    await workbench.screenshot('job-10-filter');
    await view.pressTitleButton('Filter Suspects…');
    await workbench.quickInput.type('host:nowhere');
    await workbench.quickInput.accept();
    await view.waitForMessage(/ · No suspect matches host:nowhere$/);
    await view.pressTitleButton('Clear Filter');
    await view.row(leftover);
    assert.equal(await view.description('Rows of the cells'), wide);
  });

  it('keeps a suspect for a reason, and shows it among what is kept', async () => {
    const { workbench, view } = stage();
    await view.chooseFromMenu(suspect, 'Keep…');
    await workbench.quickInput.choose('The instance');
    await workbench.quickInput.waitForText(/Why is it to be left alone/);
    await workbench.quickInput.type('its owner asked us to wait');
    await workbench.quickInput.accept();
    await workbench.quickInput.waitForText(/Until when/);
    await workbench.quickInput.type('30');
    await workbench.quickInput.accept();
    await view.expand('Kept');
    await view.waitFor(suspect, /^its owner asked us to wait/);
    await workbench.screenshot('job-11-kept');
  });

  it('shows all about an instance read-only, with its secrets hidden', async () => {
    const { workbench, view } = stage();
    await view.chooseFromMenu(live, 'Show All About This Instance');
    await workbench.editor.waitFor(`${live}.txt`);
    const text = await workbench.editor.text();
    assert.match(text, /^cell1: instances$/m);
    assert.match(text, /^Domain on compute-01$/m);
    assert.match(text, /connection_info +"\(hidden, \d+ characters\)"/);
    await workbench.page.keyboard.type('x');
    assert.equal(await workbench.editor.text(), text);
    await workbench.screenshot('job-12-show-all');
  });

  it('opens why an instance is suspected with a click, and closes what was looked up', async () => {
    const { workbench, view } = stage();
    await view.select(leftover);
    await workbench.editor.waitFor(`${leftover}.txt`);
    const text = await workbench.editor.text();
    assert.match(text, /^Everything about disk-stayed .*\n\nVerdict\n {2}confirmed: leftover directory\n/);
    assert.doesNotMatch(text, / null$/m);
    await workbench.screenshot('job-13-suspect');
    await view.pressInline('Looked up', 'Close What Was Looked Up');
    await view.waitUntilGone('Looked up');
  });
}
