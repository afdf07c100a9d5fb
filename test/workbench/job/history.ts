import assert from 'node:assert/strict';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readPlan } from '../../../src/app/readPlan';
import type { View } from '../harness/view';
import type { Stage } from './stage';
import { orphan } from './subjects';

const runsFolder = 'User/globalStorage/openstack-zombies.openstack-zombies/runs';

/** The runs of this machine are looked at, as tests of the suite that calls this. */
export function looksBack(stage: () => Stage): void {
  let runs: View;
  let interrupted: string;

  /** The window is opened anew, and offers the run. A toast goes into the bell after a while. */
  const pressOffered = async (button: string): Promise<void> => {
    const { workbench } = stage();
    const message = 'A run on demo DEMO was interrupted';
    await workbench.reload();
    await workbench.notifications.waitFor(message, 60_000);
    await workbench.notifications.press(message, button);
  };

  /** A browser's page that was loaded anew has no secrets. */
  const givePassword = async (): Promise<void> => {
    const { cloud, workbench } = stage();
    await workbench.quickInput.waitForText(/Password of nova@/);
    await workbench.quickInput.type(cloud.database.password);
    await workbench.quickInput.accept();
  };

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
    const expected = [
      'dry-run',
      'run-refused',
      'run-begun',
      'run-ended',
      'restore-plan',
      'run-begun',
      'run-ended',
    ];
    assert.deepEqual(events, expected);
    await workbench.screenshot('job-14-audit');
  });

  it('offers a run that was interrupted when a window is opened, to take it back or to go on with it', async () => {
    const { workbench } = stage();
    interrupted = await interruptedCopy(join(workbench.dataFolder, runsFolder));
    await pressOffered('Undo');
    await givePassword();
    await workbench.editor.waitFor(/^demo-\w{8}\.restore\.cleanup\.sql/);
    await pressOffered('Go On');
    await givePassword();
    await workbench.editor.waitFor(/^demo-\w{8}\.cleanup\.sql/);
    const { run } = readPlan(await workbench.editor.text()).header ?? {};
    assert.equal(run, basename(interrupted));
  });

  it('leaves an interrupted run as it is, and offers it no more', async () => {
    const { workbench } = stage();
    await pressOffered('Leave');
    runs = await workbench.openView('OpenStack Zombies', 'Runs');
    await runs.open();
    await runs.waitFor('Today', /^3 runs$/);
    const left = /^left as it is · 2 instances · 2 directories$/;
    await runs.row(left);
    assert.match(await readFile(join(interrupted, 'journal.jsonl'), 'utf8'), /"event":"left"\}\n$/);
    await workbench.screenshot('job-15-left');
    await workbench.reload();
    await workbench.openView('OpenStack Zombies', 'Runs');
    assert.deepEqual(await workbench.notifications.texts(), []);
  });
}

/** A later run that did the same as the first, by a process that has ended before its last instance. */
async function interruptedCopy(root: string): Promise<string> {
  const [first = ''] = (await readdir(root)).filter((name) => /^\d{8}T/.test(name)).sort();
  const later = `${first.slice(0, 9)}235959Z-ffffff`;
  await cp(join(root, first), join(root, later), {
    recursive: true,
    filter: (path) => !path.endsWith('report.json'),
  });
  const journal = join(root, later, 'journal.jsonl');
  const lines = (await readFile(journal, 'utf8'))
    .replaceAll(first, later)
    .replace(/"started":"\d+"/, '"started":"1"')
    .split('\n');
  const end = lines.findIndex((line) => line.includes('"step-begun"') && line.includes(orphan));
  await writeFile(
    journal,
    lines
      .slice(0, end)
      .map((line) => `${line}\n`)
      .join(''),
  );
  return join(root, later);
}
