import assert from 'node:assert/strict';
import type { RunContext } from '../../../src/execution/context';
import { runDirectory } from '../../../src/execution/directory';
import { restoreDirectory } from '../../../src/execution/restoreDirectory';
import { runHostStep } from '../../../src/execution/hostStep';
import { Journal } from '../../../src/execution/journal';
import { readJournal } from '../../../src/execution/readJournal';
import type { DirectoryStep } from '../../../src/model/plan';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { contextOn, directory, section } from './bench';
import { host, instances, listing, path, plantDirectory, uuid } from './instanceDirectory';

describe('a directory in quarantine', function () {
  this.timeout(60_000);
  let cloud: DemoCloud;
  let context: RunContext;
  let journal: Journal;
  let kept: string;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
  });

  beforeEach(async () => {
    context = await contextOn(cloud);
    journal = await Journal.open(context.folder, '20261123T103107Z-abcdef', 'the plan', context.clock);
    kept = `${instances}/.openstack-zombies-quarantine/${journal.run}/${uuid}`;
    await sh(plantDirectory);
  });

  after(() => cloud.reset());

  async function sh(command: string): Promise<string> {
    const { code, stdout, stderr } = await cloud.onHost(host, `set -e; ${command}`);
    assert.equal(code, 0, stderr);
    return stdout;
  }

  function run(step: DirectoryStep): Promise<{ bytes?: number; detail?: string }> {
    return step.then === 'restore'
      ? restoreDirectory(section(uuid, step), step, context)
      : runDirectory(section(uuid, step), step, context, journal, 'nothing');
  }

  const tree = (): Promise<string> => sh(listing);

  it('is renamed, keeps its base image, and how much it holds is said', async () => {
    const bytes = Number(await sh(`cat ${path}/* | wc -c`));
    const inode = await sh(`stat -c %i ${path}/disk`);
    const done = await run(directory(host, path, 'quarantine'));
    assert.equal(done.bytes, bytes);
    assert.match(done.detail ?? '', new RegExp(kept));
    assert.equal(await sh(`stat -c %i ${kept}/disk`), inode);
    assert.equal(await sh(`stat -c %a ${kept}/.. ${kept}/../..`), '700\n700\n');
    assert.equal(
      await sh(`rm ${instances}/_base/0123abcd; stat -c %s ${kept}.base/0123abcd`),
      `${2 ** 20}\n`,
    );
    await assert.rejects(sh(`ls ${path}`));
  });

  it('comes back as it was, base image and all', async () => {
    const before = await tree();
    await run(directory(host, path, 'quarantine'));
    assert.notEqual(await tree(), before);
    await sh(`rm ${instances}/_base/0123abcd`);
    await run(directory(host, path, 'restore', kept));
    assert.equal(await tree(), before);
  });

  it('comes back with a disk that reads as before, though Nova removed its base image meanwhile', async () => {
    await sh(`cd ${instances}
      head -c 1M /dev/urandom > _base/0123abcd
      qemu-img create -q -f qcow2 -F raw -b ${instances}/_base/0123abcd _base/89abcdef 1M
      qemu-io -f qcow2 -c 'write -q -P 0x5a 4k 4k' _base/89abcdef
      rm ${uuid}/disk; qemu-img create -q -f qcow2 -F qcow2 -b ${instances}/_base/89abcdef ${uuid}/disk 10M
      qemu-io -f qcow2 -c 'write -q -P 0xa5 64k 4k' ${uuid}/disk
      touch -d '10 days ago' ${uuid}/disk ${uuid}`);
    const read = `qemu-img check -q ${path}/disk; qemu-img convert -O raw ${path}/disk /run/raw; sha256sum < /run/raw`;
    const before = await sh(read);
    await run(directory(host, path, 'quarantine'));
    await sh(`rm ${instances}/_base/0123abcd ${instances}/_base/89abcdef`);
    await run(directory(host, path, 'restore', kept));
    assert.equal(await sh(read), before);
    await sh(`rm /run/raw ${instances}/_base/89abcdef`);
  });

  it('is not brought back over a directory that is there', async () => {
    await run(directory(host, path, 'quarantine'));
    await sh(`mkdir ${path}`);
    await assert.rejects(run(directory(host, path, 'restore', kept)), { code: 'stale-evidence' });
    await sh(`ls ${kept}/disk && rmdir ${path}`);
  });

  it('is not brought back from nowhere: what Nova made in its place since is another one', async () => {
    await run(directory(host, path, 'quarantine'));
    await sh(`rm -r ${kept} && mkdir ${path}`);
    await assert.rejects(run(directory(host, path, 'restore', kept)), {
      code: 'not-found',
      message: /not in the quarantine/,
    });
  });

  it('is where it was when the run was cut off before it left', async () => {
    const move = { section: uuid, name: '', host, path, to: kept, bytes: 0 };
    await journal.add({ event: 'moving', ...move });
    const before = await tree();
    await run(directory(host, path, 'restore', kept));
    assert.equal(await tree(), before);
  });

  it('is unknown, and stays in the journal, when what came into it keeps it from being renamed back', async () => {
    await sh(`cp /usr/bin/mv /var/lib/nova/real-mv
      cat > /var/lib/nova/racing-mv <<'X'
#!/bin/sh
# Somebody opens a file of it in the moment of the first renaming, and the second one fails.
[ ! -e "${kept}" ] || exit 1
/var/lib/nova/real-mv "$@"
sleep 60 < "${kept}/disk" > /dev/null 2>&1 &
echo $! > /var/lib/nova/racing-pid
X
      chmod 755 /var/lib/nova/racing-mv
      mount --bind /var/lib/nova/racing-mv /usr/bin/mv`);
    const step = directory(host, path, 'quarantine');
    try {
      const { outcome, error } = await runHostStep(section(uuid, step), step, context, journal);
      assert.equal(outcome, 'unknown');
      assert.ok(String(error).includes(`it is in ${kept}`), String(error));
      const lines = await readJournal(context.folder, journal.run);
      assert.deepEqual(
        lines.map(({ event }) => event),
        ['moving'],
      );
    } finally {
      await sh('umount /usr/bin/mv; kill $(cat /var/lib/nova/racing-pid)');
    }
    await run(directory(host, path, 'restore', kept));
    await sh(`test -f ${path}/disk && test ! -e ${kept}`);
  });

  it('is refused when the run has one of that name already', async () => {
    await sh(`mkdir -p ${instances}/.openstack-zombies-quarantine/${journal.run}/${uuid}`);
    await assert.rejects(run(directory(host, path, 'quarantine')), {
      code: 'stale-evidence',
      message: /already/,
    });
  });
});
