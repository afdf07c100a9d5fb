import assert from 'node:assert/strict';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { View } from '../harness/view';
import type { Stage } from './stage';

const runsFolder = 'User/globalStorage/openstack-zombies.openstack-zombies/runs';

/** The runs of this machine are looked at, as tests of the suite that calls this. */
export function looksBack(stage: () => Stage): void {
  let runs: View;

  it('lists the runs of today, with what each changed and that it was taken back', async () => {
    const { workbench } = stage();
    runs = await workbench.openView('OpenStack Zombies', 'Runs');
    await runs.open();
    await runs.waitFor('Today', /^2 runs$/);
    const [restore, run] = (await runs.lines()).slice(1);
    assert.match(restore?.label ?? '', / demo DEMO$/);
    assert.match(restore?.description ?? '', /^restore · 3 instances · \d+ rows$/);
    assert.match(run?.description ?? '', /^restored already · 3 instances · \d+ rows · 2 directories$/);
    await workbench.screenshot('job-12-runs');
  });

  it('shows the plan, the report and the journal of a run', async () => {
    const { workbench } = stage();
    // two runs of one minute have one label
    await runs.expand(/^restored already/);
    await runs.select('Report');
    await workbench.preview.waitFor('Run of a plan on demo');
    await runs.select('Plan, as it ran');
    await workbench.editor.waitFor(/^demo-\d{8}T\d{6}Z-\w{6}\.cleanup\.sql/);
    await runs.select('Journal');
    await workbench.editor.waitFor(/\.journal\.jsonl/);
    assert.match(await workbench.editor.text(), /"event":"run-ended","outcome":"done"/);
    await workbench.screenshot('job-13-run-documents');
  });

  it('has a record of who ran what', async () => {
    const { workbench } = stage();
    await workbench.run('OpenStack Zombies: Open Audit Record');
    await workbench.editor.waitFor('audit.jsonl');
    const lines = (await workbench.editor.text()).trim().split('\n');
    const events = lines.map((line) => (JSON.parse(line) as { event: string }).event);
    const expected = ['dry-run', 'run-begun', 'run-ended', 'restore-plan', 'run-begun', 'run-ended'];
    assert.deepEqual(events, expected);
    await workbench.screenshot('job-14-audit');
  });

  it('offers a run that was interrupted when a window is opened, and leaves it as it is', async () => {
    const { workbench } = stage();
    const interrupted = await interruptedCopy(join(workbench.dataFolder, runsFolder));
    await workbench.reload();
    const message = 'A run on demo DEMO was interrupted';
    await workbench.notifications.waitFor(message, 60_000);
    // a toast goes into the bell after a while
    await workbench.notifications.press(message, 'Leave');
    runs = await workbench.openView('OpenStack Zombies', 'Runs');
    await runs.open();
    await runs.waitFor('Today', /^3 runs$/);
    const left = /^left as it is · 3 instances · 2 directories$/;
    await runs.row(left);
    assert.match(await readFile(join(interrupted, 'journal.jsonl'), 'utf8'), /"event":"left"\}\n$/);
    await workbench.screenshot('job-15-left');
  });
}

/** A later run that did the same as the first, by a process that has ended before it could say so. */
async function interruptedCopy(root: string): Promise<string> {
  const [first = ''] = (await readdir(root)).filter((name) => /^\d{8}T/.test(name)).sort();
  const later = `${first.slice(0, 9)}235959Z-ffffff`;
  await cp(join(root, first), join(root, later), {
    recursive: true,
    filter: (path) => !path.endsWith('report.json'),
  });
  const journal = join(root, later, 'journal.jsonl');
  const text = (await readFile(journal, 'utf8'))
    .replaceAll(first, later)
    .replace(/"started":"\d+"/, '"started":"1"')
    .replace(/.*"run-ended".*\n/, '');
  await writeFile(journal, text);
  return join(root, later);
}
