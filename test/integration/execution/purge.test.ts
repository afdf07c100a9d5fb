import assert from 'node:assert/strict';
import { parse } from '../../../src/cleanup/parse';
import type { RunContext } from '../../../src/execution/context';
import { dryRunPlan } from '../../../src/execution/dryRunPlan';
import { Journal } from '../../../src/execution/journal';
import { purgePlanText } from '../../../src/execution/purgePlan';
import { reportText } from '../../../src/execution/reportText';
import { restorePlanText } from '../../../src/execution/restorePlan';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { cloudName, contextOn } from './bench';
import { shellOn } from './hostShell';
import { host, instances, listing, path, plantDirectory, uuid } from './instanceDirectory';
import { events, outcomes, problem, purgeOf, quarantined, runText, store } from './quarantineBench';

describe('a purge of the quarantine', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;
  let context: RunContext;
  const sh = shellOn(() => cloud, host);

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
  });

  beforeEach(async () => {
    context = await contextOn(cloud);
    await sh(plantDirectory);
  });

  after(async () => {
    await sh(plantDirectory);
    await cloud.reset();
  });

  it('deletes the directory and the base image beside it, and leaves the one that Nova has', async () => {
    const image = await sh(`sha256sum < ${instances}/_base/0123abcd`);
    const name = await quarantined(context);
    await sh(`test -f ${store}/${name}/${uuid}.base/0123abcd`);
    const report = await runText(context, await purgeOf(context, name));
    assert.deepEqual(outcomes(report), ['done']);
    assert.deepEqual(await events(context, name), ['moving', 'moved', 'purging', 'purged']);
    assert.equal(await sh(`ls -A ${instances} | grep -e quarantine -e ${uuid} || echo nothing`), 'nothing\n');
    assert.equal(await sh(`sha256sum < ${instances}/_base/0123abcd`), image);
  });

  it('says in its text and in its report that nothing brings it back', async () => {
    const text = await purgeOf(context, await quarantined(context));
    assert.deepEqual(parse(text).problems, []);
    assert.match(text, /^-- irreversible: .*deleted with the base images/m);
    const report = await runText(context, text);
    assert.equal(report.sections[0]?.steps[0]?.irreversible, true);
    assert.match(reportText(report, text), /Nothing brings back/);
  });

  it('ends the way back: no restore plan has the directory any more, and no purge', async () => {
    const name = await quarantined(context);
    const text = await purgeOf(context, name);
    assert.match(await restorePlanText(context.folder, name, context.clock), /then="restore"/);
    await runText(context, text);
    assert.doesNotMatch(await restorePlanText(context.folder, name, context.clock), /then="restore"/);
    await assert.rejects(purgeOf(context, name), { code: 'plan-refused', message: /Nothing of these runs/ });
    assert.match(problem(await runText(context, text)), /not in the quarantine/);
  });

  it('takes several runs at once, in one section of each instance', async () => {
    const first = await quarantined(context);
    await sh(`mkdir ${path}; truncate -s 3M ${path}/disk; touch -d '10 days ago' ${path}/disk ${path}`);
    const second = await quarantined(context);
    const text = await purgeOf(context, first, second);
    assert.equal(parse(text).sections.length, 1);
    assert.deepEqual(outcomes(await runText(context, text)), ['done', 'done']);
    await sh(`test ! -e ${store}`);
  });

  it('takes what was copied of a domain along', async () => {
    const name = await quarantined(context);
    const to = `${store}/${name}/${uuid}.domain`;
    await sh(`mkdir ${to}; echo secret > ${to}/tpm2`);
    const journal = await Journal.open(context.folder, '20261123T103107Z-abcdef', '', context.clock);
    Object.assign(journal, { folder: `${context.folder}/${name}` });
    await journal.add({ event: 'copied', section: uuid, name: '', host, path, to, bytes: 0 });
    assert.deepEqual(outcomes(await runText(context, await purgeOf(context, name))), ['done', 'done']);
    await sh(`test ! -e ${store}`);
  });

  it('is not offered of what a restore brought back', async () => {
    const name = await quarantined(context);
    const restore = await restorePlanText(context.folder, name, context.clock);
    assert.deepEqual(outcomes(await runText(context, restore)), ['done']);
    await assert.rejects(purgeOf(context, name), /Nothing of these runs/);
  });

  it('is only looked at in a dry run', async () => {
    const text = await purgeOf(context, await quarantined(context));
    const before = await sh(listing);
    const report = await dryRunPlan(parse(text), text, context, {});
    assert.deepEqual(outcomes(report), ['rolled-back']);
    assert.ok((report.sections[0]?.steps[0]?.bytes ?? 0) > 0);
    assert.equal(await sh(listing), before);
  });

  it('deletes nothing that no run put there', async () => {
    const name = await quarantined(context);
    const text = await purgeOf(context, name);
    const before = await sh(listing);
    for (const edited of [
      text.replace(`${name}/${uuid}"`, `${name}/${uuid}.deleting"`),
      text.replace(`${name}/${uuid}"`, `20261123T103107Z-abcdef/${uuid}"`),
      text.replace('host="compute-01"', 'host="compute-02"'),
      text.replaceAll(uuid, 'c0ffee00-0000-4000-8000-0000000000ff'),
      text.replace(/from="[^"]*"/, `from="${instances}/_base"`),
    ]) {
      assert.notEqual(edited, text);
      await runText(context, edited).then(
        (report) => assert.deepEqual(outcomes(report), ['refused'], problem(report)),
        (error: unknown) => assert.match(String(error), /no run|put into quarantine/),
      );
    }
    assert.equal(await sh(listing), before);
  });

  it('runs on no other cloud than the runs did', async () => {
    const name = await quarantined(context);
    const elsewhere = { cloud: 'other', cells: context.cells.map((cell) => cell.uuid) };
    await assert.rejects(purgePlanText(context.folder, [name], elsewhere, context.clock), /another cloud/);
    const foreign = { cloud: cloudName, cells: [uuid] };
    await assert.rejects(purgePlanText(context.folder, [name], foreign, context.clock), /another cloud/);
  });

  describe('refuses', () => {
    let name: string;
    let text: string;

    beforeEach(async () => {
      name = await quarantined(context);
      text = await purgeOf(context, name);
    });

    async function refuses(message: RegExp): Promise<void> {
      const before = await sh(listing);
      const report = await runText(context, text);
      assert.deepEqual(outcomes(report), ['refused']);
      assert.match(problem(report), message);
      assert.equal(await sh(listing), before);
      assert.deepEqual(await events(context, name), ['moving', 'moved', 'purging', 'not-purged']);
      assert.match(await restorePlanText(context.folder, name, context.clock), /then="restore"/);
    }

    it('a file of it that a process has open', async () => {
      const pid = await sh(`sleep 60 < ${store}/${name}/${uuid}/disk > /dev/null 2>&1 & echo $!`);
      await refuses(/open: \/proc/);
      await sh(`kill ${pid}`);
    });

    it('a mount point below it', async () => {
      await sh(
        `mkdir ${store}/${name}/${uuid}/m; mount --bind ${instances}/_base ${store}/${name}/${uuid}/m`,
      );
      await refuses(/mounted/);
      await sh(`umount ${store}/${name}/${uuid}/m; test -f ${instances}/_base/0123abcd`);
    });

    it('a symbolic link in its place', async () => {
      await sh(
        `mv ${store}/${name}/${uuid} ${instances}/elsewhere; ln -s ${instances}/elsewhere ${store}/${name}/${uuid}`,
      );
      await refuses(/symbolic link/);
    });

    it('the disk of an instance that is live on that host again', async () => {
      const cell = context.cells.find(({ url }) => url.includes('/nova_cell1?'));
      await cloud.sql(
        `INSERT INTO instances (uuid, deleted, host) VALUES ('${uuid}', 0, '${host}')`,
        'nova_cell1',
      );
      await refuses(new RegExp(`is live by now: the cell ${cell?.name ?? ''} has it on ${host}`));
      await cloud.sql(`DELETE FROM instances WHERE uuid = '${uuid}'`, 'nova_cell1');
    });
  });
});
