import assert from 'node:assert/strict';
import type { Stage } from './stage';

/** A second cloud is added, as tests of the suite that calls this. */
export function addsACloud(stage: () => Stage): void {
  it('adds a cloud in three questions, and tries every door before it is saved', async () => {
    const { cloud, workbench, view } = stage();
    const { quickInput } = workbench;
    await workbench.run('OpenStack Zombies: Add Cloud…');
    await quickInput.waitForText(/Add Cloud \(1\/3\)/);
    await quickInput.choose('Without the OpenStack APIs');
    await quickInput.waitForText(/Add Cloud \(2\/3\)/);
    await quickInput.type(cloud.database.apiUrl);
    await quickInput.choose(cloud.database.apiUrl);
    await quickInput.waitForText(/Add Cloud \(3\/3\)/);
    await workbench.screenshot('job-13-what-for');
    await quickInput.choose('Staging or test');
    await quickInput.waitForText(/Password of nova@127\.0\.0\.1:\d+ on 127\.0\.0\.1/);
    await quickInput.type(cloud.database.password);
    await quickInput.accept();
    await quickInput.waitForText(/Cell cell1\s*answered/);
    await quickInput.waitForText(/Host compute-04/);
    await workbench.screenshot('job-14-checklist');
    assert.ok(!(await quickInput.text()).includes(cloud.database.password));
    await quickInput.choose('Save 127.0.0.1');
    await view.row('127.0.0.1');
  });
}
