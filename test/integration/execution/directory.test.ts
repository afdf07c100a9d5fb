import assert from 'node:assert/strict';
import type { RunContext } from '../../../src/execution/context';
import { checkDirectory, runDirectory } from '../../../src/execution/directory';
import { restoreDirectory } from '../../../src/execution/restoreDirectory';
import { Journal } from '../../../src/execution/journal';
import { OperatorError, type ErrorCode } from '../../../src/model/errors';
import type { DirectoryStep } from '../../../src/model/plan';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { contextOn, directory, section } from './bench';
import { host, instances, listing, path, plantDirectory, uuid } from './instanceDirectory';

describe('directories of instances on a host', function () {
  this.timeout(60_000);
  let cloud: DemoCloud;
  let context: RunContext;
  let journal: Journal;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
  });

  beforeEach(async () => {
    context = await contextOn(cloud);
    journal = await Journal.open(context.folder, '20261123T103107Z-abcdef', 'the plan', context.clock);
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

  async function refuses(
    code: ErrorCode,
    message: RegExp,
    step = directory(host, path, 'quarantine'),
  ): Promise<void> {
    const before = await tree();
    const refused = (error: unknown): boolean =>
      OperatorError.is(error, code) && message.test(error.message) && error.action !== '';
    await assert.rejects(checkDirectory(section(uuid, step), step, context, 'nothing'), refused);
    await assert.rejects(run(step), refused);
    await assert.rejects(run({ ...step, then: 'delete' }), refused);
    assert.equal(await tree(), before);
  }

  const tree = (): Promise<string> => sh(listing);

  it('deletes it for good, and leaves the base image', async () => {
    const done = await run(directory(host, path, 'delete'));
    assert.equal(done.detail, 'deleted');
    await sh(
      `test ! -e ${path} && test ! -e ${instances}/.openstack-zombies-quarantine && test -f ${instances}/_base/0123abcd`,
    );
  });

  it('takes a _resize directory without touching the instance’s own', async () => {
    await sh(`cp -a ${path} ${path}_resize`);
    await run(directory(host, `${path}_resize`, 'quarantine'));
    await sh(`test ! -e ${path}_resize && test -f ${path}/disk`);
  });

  it('checks without touching anything', async () => {
    const before = await tree();
    const step = directory(host, path, 'delete');
    const { bytes } = await checkDirectory(section(uuid, step), step, context, 'nothing');
    assert.ok((bytes ?? 0) > 0);
    assert.equal(await tree(), before);
  });

  describe('refuses', () => {
    it('a symbolic link in the place of the directory', async () => {
      await sh(`mv ${path} ${instances}/elsewhere; ln -s ${instances}/elsewhere ${path}`);
      await refuses('stale-evidence', /symbolic link/);
    });

    it('a symbolic link on the way to it', async () => {
      await sh(`ln -s ${instances} /var/lib/nova/linked`);
      context = await contextOn(cloud, { instancesPath: '/var/lib/nova/linked' });
      await refuses(
        'stale-evidence',
        /symbolic link/,
        directory(host, `/var/lib/nova/linked/${uuid}`, 'quarantine'),
      );
      await sh('rm /var/lib/nova/linked');
    });

    it('a file in its place', async () => {
      await sh(`rm -r ${path}; touch -d '10 days ago' ${path}`);
      await refuses('stale-evidence', /not a directory/);
    });

    it('a directory that is not there', async () => {
      await sh(`rm -r ${path}`);
      await refuses('not-found', /There is no/);
    });

    it('a file of it that a process has open', async () => {
      const pid = (await sh(`sleep 60 < ${path}/disk > /dev/null 2>&1 & echo $!`)).trim();
      await refuses('stale-evidence', new RegExp(`open: /proc/${pid}/fd/0`));
      await sh(`kill ${pid}`);
    });

    it('a process that works in it', async () => {
      const pid = (await sh(`cd ${path}; sleep 60 < /dev/null > /dev/null 2>&1 & echo $!`)).trim();
      await refuses('stale-evidence', new RegExp(`open: /proc/${pid}/cwd`));
      await sh(`kill ${pid}`);
    });

    it('a file of it that a process has open by another name', async () => {
      await sh(`ln ${path}/disk /var/lib/nova/other-name`);
      const pid = (await sh(`sleep 60 < /var/lib/nova/other-name > /dev/null 2>&1 & echo $!`)).trim();
      await refuses('stale-evidence', /open/);
      await sh(`kill ${pid}; rm /var/lib/nova/other-name`);
    });

    it('a directory that was written to a short while ago', async () => {
      await sh(`touch ${path}/console.log`);
      await refuses('stale-evidence', /written to/);
    });

    it('a mount point', async () => {
      await sh(`mount -t tmpfs none ${path}; touch -d '10 days ago' ${path}`);
      await refuses('stale-evidence', /mounted/);
      await sh(`umount ${path}`);
    });

    it('a mount point below it', async () => {
      await sh(
        `mkdir ${path}/inner; mount --bind /var/lib/nova/instances/_base ${path}/inner; touch -d '10 days ago' ${path}`,
      );
      await refuses('stale-evidence', /mounted/);
      await sh(`umount ${path}/inner`);
    });

    it('the directory of a domain that libvirt has', async () => {
      await define(uuid, '/var/lib/nova/other-disk');
      await refuses('stale-evidence', /has the domain/);
      await sh(`virsh -c qemu:///system undefine ${uuid}`);
    });

    it('a directory whose disk another domain uses', async () => {
      const other = 'c0ffee00-0000-4000-8000-0000000000ff';
      await define(other, `${path}/disk`);
      await refuses('stale-evidence', /uses a file/);
      await sh(`virsh -c qemu:///system undefine ${other}`);
    });

    it('a path that is not the instance’s own', async () => {
      const other = `${instances}/c0ffee00-0000-4000-8000-0000000000ff`;
      for (const wrong of [other, `${instances}/_base`, `${path}/..`, `${path}/`, instances, `${path}_old`]) {
        await refuses(
          'plan-refused',
          /not a directory of the instance/,
          directory(host, wrong, 'quarantine'),
        );
      }
    });

    it('a path that is not in the instances path, by the settings or by the host', async () => {
      const step = directory(host, `/tmp/${uuid}`, 'quarantine');
      await refuses('stale-evidence', /instances path of compute-01 is \/var\/lib\/nova\/instances/, step);
      context = await contextOn(cloud, { instancesPath: instances });
      await refuses('plan-refused', /not a directory of the instance/, step);
    });

    it('a place in the quarantine that is not the directory’s own', async () => {
      for (const from of [
        path,
        `${instances}/.openstack-zombies-quarantine/../${uuid}`,
        '/etc',
        `${instances}/x/20261123T103107Z-abcdef/${uuid}`,
      ]) {
        await assert.rejects(run(directory(host, path, 'restore', from)), { code: 'plan-refused' });
      }
    });

    it('a host that calls itself by another name', async () => {
      context = { ...context, hypervisorNames: () => ['compute-02'] };
      await refuses('wrong-machine', /calls itself compute-01/);
    });

    it('a host whose names are not known', async () => {
      context = { ...context, hypervisorNames: () => [] };
      await refuses('wrong-machine', /calls itself/);
    });

    it('a user’s own libvirt', async () => {
      context = await contextOn(cloud, { libvirtUri: 'qemu:///session' });
      await refuses('session-libvirt', /user session/);
    });

    it('a host without an address', async () => {
      context = { ...context, address: () => undefined };
      await refuses('not-found', /No address/);
    });
  });

  async function define(id: string, disk: string): Promise<void> {
    const xml = `<domain type="qemu"><name>d-${id}</name><uuid>${id}</uuid><memory unit="MiB">8</memory>
      <os><type arch="x86_64">hvm</type></os><devices><disk type="file"><source file="${disk}"/><target dev="vda"/></disk></devices></domain>`;
    await sh(`cat > /run/d.xml <<'X'\n${xml}\nX\nvirsh -c qemu:///system define /run/d.xml`);
  }
});
