import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { root } from '../setup/places.mjs';
import type { View } from './harness/view';
import { startWorkbench, type Workbench } from './harness/workbench';

describe('the harness drives the workbench', () => {
  const place = mkdtempSync(join(tmpdir(), 'openstack-zombies-fixture-'));
  let workbench: Workbench;
  let view: View;

  before(async () => {
    const vsix = join(place, 'fixture.vsix');
    await createVSIX({ cwd: join(root, 'test/workbench/fixture'), packagePath: vsix, dependencies: false });
    writeFileSync(join(place, 'notes.txt'), 'first\nsecond\n');
    workbench = await startWorkbench({ vsix: [vsix], folder: place });
    view = await workbench.openView('Fixture', 'Things');
  });

  after(async () => {
    await workbench.stop();
    rmSync(place, { recursive: true });
  });

  it('reads the message and the rows of a view', async () => {
    await view.row('group 0');
    assert.equal(await view.message(), 'one hundred things');
    assert.deepEqual((await view.texts()).slice(0, 2), ['group 0 about group 0', 'group 1 about group 1']);
  });

  it('expands rows, finds one that is out of sight and ticks it', async () => {
    for (let i = 9; i >= 0; i -= 1) await view.expand(`group ${i}`);
    assert.equal(await view.tick('group 9.9'), true);
    await workbench.notifications.waitFor('ticked: group 9.9 1');
  });

  it('chooses from a context menu', async () => {
    await view.chooseFromMenu('group 0.3', 'Fixture: Show');
    assert.equal(await workbench.notifications.waitFor('shown'), 'shown: group 0.3');
    await workbench.notifications.press('shown', 'Fine');
  });

  it('answers an input box and a list from a button of the title', async () => {
    await view.pressTitleButton('Fixture: Ask');
    assert.match(await workbench.quickInput.text(), /What is its name/);
    await workbench.quickInput.type('web-01');
    await workbench.quickInput.accept();
    await workbench.quickInput.tick('green');
    await workbench.quickInput.tick('blue');
    await workbench.quickInput.accept();
    assert.equal(await workbench.notifications.waitFor('asked'), 'asked: web-01 green,blue');
  });

  it('reads a modal dialog and presses a button', async () => {
    await workbench.run('Fixture: Confirm');
    assert.match(await workbench.dialog.text(), /Really\?\s+Two rows\.\s+One directory\./);
    assert.deepEqual((await workbench.dialog.buttons()).sort(), ['Cancel', 'Dry run', 'Run it']);
    await workbench.dialog.press('Dry run');
    await workbench.notifications.waitFor('pressed: Dry run');
  });

  it('reads, edits and saves a file, to the letter', async () => {
    const explorer = await workbench.openView('Explorer', 'Explorer');
    await explorer.select('notes.txt');
    await workbench.editor.waitFor('notes.txt');
    await workbench.editor.insert(2, `-- "it's" (\n`);
    assert.equal(await workbench.editor.text(), `first\n-- "it's" (\nsecond\n`);
    await workbench.editor.save();
    assert.equal(readFileSync(join(place, 'notes.txt'), 'utf8'), `first\n-- "it's" (\nsecond\n`);
  });

  it('reads the text that is out of sight and presses a CodeLens', async () => {
    await workbench.run('Fixture: Open');
    await workbench.editor.waitFor(/Untitled/);
    assert.match(await workbench.editor.text(), /^line 1\n.*\nline 300$/s);
    await workbench.editor.goTo(1);
    assert.deepEqual(await workbench.editor.lenses(), ['Run lens']);
    await workbench.editor.pressLens('Run lens');
    await workbench.notifications.waitFor('shown: lens');
    await workbench.screenshot('harness');
  });
});
