import assert from 'node:assert/strict';
import type { DemoCloud } from '../../cloud/demoCloud';
import type { View } from '../harness/view';
import type { Workbench } from '../harness/workbench';
import { uuidOf } from './traces';

export interface Scene {
  readonly cloud: DemoCloud;
  readonly workbench: Workbench;
  readonly view: View;
}

const live = 'web-01-9';
const suspect = 'resize-left-behind';

/** The ways to look at a scanned cloud, as tests of the suite that calls this. */
export function looksAround(scene: () => Scene): void {
  it('says of a live instance that is looked up why it is not suspected', async () => {
    const { cloud, workbench, view } = scene();
    await workbench.run('OpenStack Zombies: Look Up Instances…');
    await workbench.quickInput.type(uuidOf(cloud, live));
    await workbench.quickInput.accept();
    await view.waitFor(live, /^not suspected$/);
    await view.expand(live);
    const reasons = (await view.texts()).filter((row) => row.startsWith('stuck deleting: no'));
    assert.match(reasons.join(), /no delete was begun: vm_state active, task_state NULL/);
    await workbench.screenshot('job-9-look-up');
  });

  it('narrows the tree to a subnet, and widens it again', async () => {
    const { workbench, view } = scene();
    const wide = await view.description('Rows without a parent');
    await view.pressTitleButton('Filter Suspects…');
    await workbench.quickInput.type('172.20.69.0/24');
    await workbench.quickInput.accept();
    await view.waitFor('Rows without a parent', /^3 suspects$/);
    await view.waitForMessage(/ · Filter: 172\.20\.69\.0\/24$/);
    assert.ok(!(await view.texts()).some((row) => row.startsWith('disk-stayed')));
    await workbench.screenshot('job-10-filter');
    await view.pressTitleButton('Clear Filter');
    await view.row('disk-stayed');
    assert.equal(await view.description('Rows without a parent'), wide);
  });

  it('ignores a suspect for a reason, and shows it among the ignored', async () => {
    const { cloud, workbench, view } = scene();
    await view.chooseFromMenu(suspect, 'Ignore…');
    await workbench.quickInput.type('its owner asked us to wait');
    await workbench.quickInput.accept();
    await view.expand('Ignored');
    await view.waitFor(uuidOf(cloud, suspect), /^its owner asked us to wait/);
    await workbench.screenshot('job-11-ignored');
  });

  it('shows all about an instance, masked and read-only', async () => {
    const { cloud, workbench, view } = scene();
    await view.chooseFromMenu('disk-stayed', 'Show All About This Instance');
    await workbench.editor.waitFor(uuidOf(cloud, 'disk-stayed'));
    const text = await workbench.editor.text();
    assert.match(text, /nova_cell1/);
    await workbench.page.keyboard.type('x');
    assert.equal(await workbench.editor.text(), text);
    await workbench.screenshot('job-12-show-all');
  });
}
