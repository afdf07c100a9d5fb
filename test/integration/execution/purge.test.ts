import assert from 'node:assert/strict';
import { directive } from '../../../src/cleanup/directives';
import { parse } from '../../../src/cleanup/parse';
import type { RunContext } from '../../../src/execution/context';
import { dryRunPlan } from '../../../src/execution/dryRunPlan';
import { Journal } from '../../../src/execution/journal';
import { purgePlanText } from '../../../src/execution/purgePlan';
import { readJournal } from '../../../src/execution/readJournal';
import { reportText } from '../../../src/execution/reportText';
import { restorePlanText } from '../../../src/execution/restorePlan';
import { runPlan } from '../../../src/execution/runPlan';
import type { RunReport, StepOutcome } from '../../../src/model/report';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { cloudName, contextOn } from './bench';
import { shellOn } from './hostShell';
import { host, instances, listing, path, plantDirectory, uuid } from './instanceDirectory';
import { bearingOut, planText, sectionText } from './planText';

const store = `${instances}/.openstack-zombies-quarantine`;

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

  function takeAway(then: 'quarantine' | 'delete'): string {
    return planText(context, sectionText(uuid, directive('directory', { host, path, bytes: 0, then })));
  }

  /** `look` bears the plan out unless it is told that nothing is suspected any more. */
  function run(text: string, onProgress?: (what: string) => void): Promise<RunReport> {
    const look = bearingOut(text);
    const options = onProgress
      ? { onProgress: (_done: number, _total: number, what: string) => onProgress(what) }
      : {};
    return runPlan(parse(text), text, { ...context, look }, options);
  }

  async function quarantined(): Promise<string> {
    const report = await run(takeAway('quarantine'));
    assert.deepEqual(outcomes(report), ['done']);
    return report.run;
  }

  function purgeOf(...runs: readonly string[]): Promise<string> {
    const cells = context.cells.map((cell) => cell.uuid);
    return purgePlanText(context.folder, runs, { cloud: cloudName, cells }, context.clock);
  }

  const outcomes = (report: RunReport): StepOutcome[] =>
    report.sections.flatMap(({ steps }) => steps.map(({ outcome }) => outcome));

  const problem = ({ sections }: RunReport): string => sections[0]?.problem?.message ?? '';

  async function events(name: string): Promise<string[]> {
    return (await readJournal(context.folder, name)).filter((line) => 'to' in line).map(({ event }) => event);
  }

  it('deletes the directory and the base image beside it, and leaves the one that Nova has', async () => {
    const image = await sh(`sha256sum < ${instances}/_base/0123abcd`);
    const name = await quarantined();
    await sh(`test -f ${store}/${name}/${uuid}.base/0123abcd`);
    const report = await run(await purgeOf(name));
    assert.deepEqual(outcomes(report), ['done']);
    assert.deepEqual(await events(name), ['moving', 'moved', 'purging', 'purged']);
    assert.equal(await sh(`ls -A ${instances} | grep -e quarantine -e ${uuid} || echo nothing`), 'nothing\n');
    assert.equal(await sh(`sha256sum < ${instances}/_base/0123abcd`), image);
  });

  it('says in its text and in its report that nothing brings it back', async () => {
    const text = await purgeOf(await quarantined());
    assert.deepEqual(parse(text).problems, []);
    assert.match(text, /^-- irreversible: .*deleted with the base images/m);
    const report = await run(text);
    assert.equal(report.sections[0]?.steps[0]?.irreversible, true);
    assert.match(reportText(report, text), /Nothing brings back/);
  });

  it('ends the way back: no restore plan has the directory any more, and no purge', async () => {
    const name = await quarantined();
    const text = await purgeOf(name);
    assert.match(await restorePlanText(context.folder, name, context.clock), /then="restore"/);
    await run(text);
    assert.doesNotMatch(await restorePlanText(context.folder, name, context.clock), /then="restore"/);
    await assert.rejects(purgeOf(name), { code: 'plan-refused', message: /Nothing of these runs/ });
    assert.match(problem(await run(text)), /not in the quarantine/);
  });

  it('takes several runs at once, in one section of each instance', async () => {
    const first = await quarantined();
    await sh(`mkdir ${path}; truncate -s 3M ${path}/disk; touch -d '10 days ago' ${path}/disk ${path}`);
    const second = await quarantined();
    const text = await purgeOf(first, second);
    assert.equal(parse(text).sections.length, 1);
    assert.deepEqual(outcomes(await run(text)), ['done', 'done']);
    await sh(`test ! -e ${store}`);
  });

  it('takes what was copied of a domain along', async () => {
    const name = await quarantined();
    const to = `${store}/${name}/${uuid}.domain`;
    await sh(`mkdir ${to}; echo secret > ${to}/tpm2`);
    const journal = await Journal.open(context.folder, '20261123T103107Z-abcdef', '', context.clock);
    Object.assign(journal, { folder: `${context.folder}/${name}` });
    await journal.add({ event: 'copied', section: uuid, name: '', host, path, to, bytes: 0 });
    assert.deepEqual(outcomes(await run(await purgeOf(name))), ['done', 'done']);
    await sh(`test ! -e ${store}`);
  });

  it('is not offered of what a restore brought back', async () => {
    const name = await quarantined();
    const restore = await restorePlanText(context.folder, name, context.clock);
    assert.deepEqual(outcomes(await run(restore)), ['done']);
    await assert.rejects(purgeOf(name), /Nothing of these runs/);
  });

  it('is only looked at in a dry run', async () => {
    const text = await purgeOf(await quarantined());
    const before = await sh(listing);
    const report = await dryRunPlan(parse(text), text, context, {});
    assert.deepEqual(outcomes(report), ['rolled-back']);
    assert.ok((report.sections[0]?.steps[0]?.bytes ?? 0) > 0);
    assert.equal(await sh(listing), before);
  });

  it('deletes nothing that no run put there', async () => {
    const name = await quarantined();
    const text = await purgeOf(name);
    const before = await sh(listing);
    for (const edited of [
      text.replace(`${name}/${uuid}"`, `${name}/${uuid}.deleting"`),
      text.replace(`${name}/${uuid}"`, `20261123T103107Z-abcdef/${uuid}"`),
      text.replace('host="compute-01"', 'host="compute-02"'),
      text.replaceAll(uuid, 'c0ffee00-0000-4000-8000-0000000000ff'),
      text.replace(/from="[^"]*"/, `from="${instances}/_base"`),
    ]) {
      assert.notEqual(edited, text);
      await run(edited).then(
        (report) => assert.deepEqual(outcomes(report), ['refused'], problem(report)),
        (error: unknown) => assert.match(String(error), /no run|put into quarantine/),
      );
    }
    assert.equal(await sh(listing), before);
  });

  it('runs on no other cloud than the runs did', async () => {
    const name = await quarantined();
    const elsewhere = { cloud: 'other', cells: context.cells.map((cell) => cell.uuid) };
    await assert.rejects(purgePlanText(context.folder, [name], elsewhere, context.clock), /another cloud/);
    const foreign = { cloud: cloudName, cells: [uuid] };
    await assert.rejects(purgePlanText(context.folder, [name], foreign, context.clock), /another cloud/);
  });

  describe('refuses', () => {
    let name: string;
    let text: string;

    beforeEach(async () => {
      name = await quarantined();
      text = await purgeOf(name);
    });

    async function refuses(message: RegExp): Promise<void> {
      const before = await sh(listing);
      const report = await run(text);
      assert.deepEqual(outcomes(report), ['refused']);
      assert.match(problem(report), message);
      assert.equal(await sh(listing), before);
      assert.deepEqual(await events(name), ['moving', 'moved', 'purging', 'not-purged']);
      assert.match(await restorePlanText(context.folder, name, context.clock), /then="restore"/);
    }

    it('a file of it that a process has open', async () => {
      const pid = await sh(`sleep 60 < ${store}/${name}/${uuid}/disk > /dev/null 2>&1 & echo $!`);
      await refuses(/open: \/proc/);
      await sh(`kill ${pid}`);
    });

    it('a mount point below it', async () => {
      await sh(`mkdir ${store}/${name}/${uuid}/m; mount --bind ${instances}/_base ${store}/${name}/${uuid}/m`);
      await refuses(/mounted/);
      await sh(`umount ${store}/${name}/${uuid}/m; test -f ${instances}/_base/0123abcd`);
    });

    it('a symbolic link in its place', async () => {
      await sh(`mv ${store}/${name}/${uuid} ${instances}/elsewhere; ln -s ${instances}/elsewhere ${store}/${name}/${uuid}`);
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

  describe('or a deletion', () => {
    const plantLarge = `head -c 40M /dev/urandom > ${path}/disk.eph0; ln ${path}/disk.eph0 /var/lib/nova/other-name
      head -c 90M /dev/urandom > ${path}/disk.swap; touch -d '10 days ago' ${path}/* ${path}`;

    afterEach(() => sh('rm -f /var/lib/nova/other-name'));

    it('tells on the way how many bytes are gone, and cuts nothing short that has another name', async () => {
      await sh(plantLarge);
      const sum = await sh('sha256sum < /var/lib/nova/other-name');
      const told: string[] = [];
      const report = await run(takeAway('delete'), (what) => told.push(what));
      assert.deepEqual(outcomes(report), ['done']);
      const sizes = told.flatMap((what) => / ([\d.]+) MiB of 130\.\d MiB$/.exec(what)?.[1] ?? []).map(Number);
      assert.ok(sizes.length > 10, told.join('\n'));
      assert.deepEqual(sizes, sizes.toSorted((one, other) => one - other));
      assert.equal(await sh('sha256sum < /var/lib/nova/other-name'), sum);
      await sh(`test ! -e ${path} && test ! -e ${store}`);
    });

    describe('that was cut off', () => {
      beforeEach(() => sh(plantLarge));

      /** The host dies, for what runs there, in the middle of the removal. */
      async function cutOff(text: string): Promise<RunReport> {
        await sh(`cp /usr/bin/truncate /var/lib/nova/real-truncate
          cat > /var/lib/nova/deadly-truncate <<'X'
#!/bin/sh
/var/lib/nova/real-truncate "$@"
kill -9 0
X
          chmod 755 /var/lib/nova/deadly-truncate
          mount --bind /var/lib/nova/deadly-truncate /usr/bin/truncate`);
        try {
          return await run(text);
        } finally {
          await sh('umount /usr/bin/truncate');
        }
      }

      const rest = (name: string): string => `${store}/${name}/${uuid}.deleting`;

      it('is not known to be done, and goes on with the next run of the same step', async () => {
        const text = takeAway('delete');
        const report = await cutOff(text);
        assert.deepEqual(outcomes(report), ['unknown']);
        await sh(`test ! -e ${path} && test -f ${rest(report.run)}/disk.swap`);
        const gone = { ...context, look: () => Promise.resolve(new Map([[uuid, undefined]])) };
        const again = await runPlan(parse(text), text, gone, {});
        assert.deepEqual(outcomes(again), ['done']);
        assert.deepEqual(await events(report.run), ['deleting', 'purging', 'purged']);
        await sh(`test ! -e ${store}`);
        const third = await runPlan(parse(text), text, gone, {});
        assert.match(problem(third), /not suspected any more/);
      });

      it('leaves the directory alone that is in the old place by then', async () => {
        const text = takeAway('delete');
        const { run: name } = await cutOff(text);
        await sh(`mkdir ${path}; echo new > ${path}/disk; touch -d '10 days ago' ${path}/disk ${path}`);
        const gone = { ...context, look: () => Promise.resolve(new Map([[uuid, undefined]])) };
        const again = await runPlan(parse(text), text, gone, {});
        assert.match(problem(again), /not suspected any more/);
        assert.equal(await sh(`cat ${path}/disk`), 'new\n');
        assert.deepEqual(outcomes(await run(text)), ['done', 'done']);
        await sh(`test ! -e ${rest(name)} && test ! -e ${path}`);
      });

      it('goes on with a purge of the run', async () => {
        const { run: name } = await cutOff(takeAway('delete'));
        const text = await purgeOf(name);
        assert.match(text, /what is left of a deletion/);
        assert.doesNotMatch(await restorePlanText(context.folder, name, context.clock), /@directory/);
        assert.deepEqual(outcomes(await run(text)), ['done']);
        await sh(`test ! -e ${store}`);
      });

      it('goes on when it was a purge itself, and is not brought back then', async () => {
        const name = await quarantined();
        const text = await purgeOf(name);
        assert.deepEqual(outcomes(await cutOff(text)), ['unknown']);
        await sh(`test -f ${rest(name)}/disk.swap`);
        const restore = await restorePlanText(context.folder, name, context.clock);
        assert.match(problem(await run(restore)), /not in the quarantine/);
        assert.deepEqual(outcomes(await run(text)), ['done']);
        await sh(`test ! -e ${store}`);
      });

      it('is unknown when the connection breaks, and nothing is left after a purge', async () => {
        await sh(`cp /usr/bin/truncate /var/lib/nova/real-truncate
          cat > /var/lib/nova/deaf-truncate <<'X'
#!/bin/sh
/var/lib/nova/real-truncate "$@"
for pid in $(ps -eo pid=,args= | awk '/sshd: root@notty/ && !/awk/ { print $1 }'); do kill -9 "$pid"; done
X
          chmod 755 /var/lib/nova/deaf-truncate
          mount --bind /var/lib/nova/deaf-truncate /usr/bin/truncate`);
        let report: RunReport;
        try {
          report = await run(takeAway('delete'));
        } finally {
          await sh(`while ps -eo args= | grep -q '^find.*[d]eleting'; do sleep 0.1; done; umount /usr/bin/truncate`);
        }
        assert.deepEqual(outcomes(report), ['unknown']);
        assert.deepEqual(outcomes(await run(await purgeOf(report.run))), ['done']);
        await sh(`test ! -e ${store} && test ! -e ${path}`);
      });

      it('is never told as done while something is left', async () => {
        await sh(`cp /usr/bin/rm /var/lib/nova/real-rm
          printf '#!/bin/sh\\nexit 0\\n' > /var/lib/nova/idle-rm; chmod 755 /var/lib/nova/idle-rm
          mount --bind /var/lib/nova/idle-rm /usr/bin/rm`);
        let report: RunReport;
        const text = takeAway('delete');
        try {
          report = await run(text);
        } finally {
          await sh('umount /usr/bin/rm');
        }
        assert.deepEqual(outcomes(report), ['failed']);
        assert.match(problem(report), /could not be removed completely/);
        assert.deepEqual(await events(report.run), ['deleting']);
        assert.deepEqual(outcomes(await run(text)), ['done']);
        await sh(`test ! -e ${store}`);
      });
    });
  });
});
