import assert from 'node:assert/strict';
import { parse } from '../../../src/cleanup/parse';
import type { RunContext } from '../../../src/execution/context';
import { restorePlanText } from '../../../src/execution/restorePlan';
import { runPlan } from '../../../src/execution/runPlan';
import type { RunReport } from '../../../src/model/report';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { contextOn } from './bench';
import { shellOn } from './hostShell';
import { host, path, plantDirectory, uuid } from './instanceDirectory';
import { events, outcomes, problem, purgeOf, quarantined, runText, store, takeAway } from './quarantineBench';

describe('a deletion of a directory', function () {
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

  const plantLarge = `head -c 40M /dev/urandom > ${path}/disk.eph0; ln ${path}/disk.eph0 /var/lib/nova/other-name
      head -c 90M /dev/urandom > ${path}/disk.swap; touch -d '10 days ago' ${path}/* ${path}`;

  afterEach(() => sh('rm -f /var/lib/nova/other-name'));

  it('tells on the way how many bytes are gone, and cuts nothing short that has another name', async () => {
    await sh(plantLarge);
    const sum = await sh('sha256sum < /var/lib/nova/other-name');
    const told: string[] = [];
    const report = await runText(context, takeAway(context, 'delete'), (what) => told.push(what));
    assert.deepEqual(outcomes(report), ['done']);
    const sizes = told.flatMap((what) => / ([\d.]+) MiB of 130\.\d MiB$/.exec(what)?.[1] ?? []).map(Number);
    assert.ok(sizes.length > 10, told.join('\n'));
    assert.deepEqual(
      sizes,
      sizes.toSorted((one, other) => one - other),
    );
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
        return await runText(context, text);
      } finally {
        await sh('umount /usr/bin/truncate');
      }
    }

    const rest = (name: string): string => `${store}/${name}/${uuid}.deleting`;

    it('is not known to be done, and goes on with the next run of the same step', async () => {
      const text = takeAway(context, 'delete');
      const report = await cutOff(text);
      assert.deepEqual(outcomes(report), ['unknown']);
      await sh(`test ! -e ${path} && test -f ${rest(report.run)}/disk.swap`);
      const gone = { ...context, look: () => Promise.resolve(new Map([[uuid, undefined]])) };
      const again = await runPlan(parse(text), text, gone, {});
      assert.deepEqual(outcomes(again), ['done']);
      assert.deepEqual(await events(context, report.run), ['deleting', 'purging', 'purged']);
      await sh(`test ! -e ${store}`);
      const third = await runPlan(parse(text), text, gone, {});
      assert.match(problem(third), /not suspected any more/);
    });

    it('leaves the directory alone that is in the old place by then', async () => {
      const text = takeAway(context, 'delete');
      const { run: name } = await cutOff(text);
      await sh(`mkdir ${path}; echo new > ${path}/disk; touch -d '10 days ago' ${path}/disk ${path}`);
      const gone = { ...context, look: () => Promise.resolve(new Map([[uuid, undefined]])) };
      const again = await runPlan(parse(text), text, gone, {});
      assert.match(problem(again), /not suspected any more/);
      assert.equal(await sh(`cat ${path}/disk`), 'new\n');
      assert.deepEqual(outcomes(await runText(context, text)), ['done', 'done']);
      await sh(`test ! -e ${rest(name)} && test ! -e ${path}`);
    });

    it('goes on with a purge of the run', async () => {
      const { run: name } = await cutOff(takeAway(context, 'delete'));
      const text = await purgeOf(context, name);
      assert.match(text, /what is left of a deletion/);
      assert.doesNotMatch(await restorePlanText(context.folder, name, context.clock), /@directory/);
      assert.deepEqual(outcomes(await runText(context, text)), ['done']);
      await sh(`test ! -e ${store}`);
    });

    it('goes on when it was a purge itself, and is not brought back then', async () => {
      const name = await quarantined(context);
      const text = await purgeOf(context, name);
      assert.deepEqual(outcomes(await cutOff(text)), ['unknown']);
      await sh(`test -f ${rest(name)}/disk.swap`);
      const restore = await restorePlanText(context.folder, name, context.clock);
      assert.match(problem(await runText(context, restore)), /not in the quarantine/);
      assert.deepEqual(outcomes(await runText(context, text)), ['done']);
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
        report = await runText(context, takeAway(context, 'delete'));
      } finally {
        await sh(
          `while ps -eo args= | grep -q '^find.*[d]eleting'; do sleep 0.1; done; umount /usr/bin/truncate`,
        );
      }
      assert.deepEqual(outcomes(report), ['unknown']);
      assert.deepEqual(outcomes(await runText(context, await purgeOf(context, report.run))), ['done']);
      await sh(`test ! -e ${store} && test ! -e ${path}`);
    });

    it('is never told as done while something is left', async () => {
      await sh(`cp /usr/bin/rm /var/lib/nova/real-rm
          printf '#!/bin/sh\\nexit 0\\n' > /var/lib/nova/idle-rm; chmod 755 /var/lib/nova/idle-rm
          mount --bind /var/lib/nova/idle-rm /usr/bin/rm`);
      let report: RunReport;
      const text = takeAway(context, 'delete');
      try {
        report = await runText(context, text);
      } finally {
        await sh('umount /usr/bin/rm');
      }
      assert.deepEqual(outcomes(report), ['failed']);
      assert.match(problem(report), /could not be removed completely/);
      assert.deepEqual(await events(context, report.run), ['deleting']);
      assert.deepEqual(outcomes(await runText(context, text)), ['done']);
      await sh(`test ! -e ${store}`);
    });
  });
});
