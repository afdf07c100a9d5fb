import assert from 'node:assert/strict';
import type { CloudAccess } from '../../../src/cloud/access';
import { readHost } from '../../../src/evidence/hostReader';
import { checkDirectory } from '../../../src/execution/directory';
import { OperatorError } from '../../../src/model/errors';
import type { DemoCloud } from '../../cloud/demoCloud';
import { contextOn, directory, section } from '../execution/bench';
import { sharedCloud } from '../sharedCloud';
import { accessTo, options } from './accessTo';

const host = 'compute-05';
const uuid = 'c0ffee00-0000-4000-8000-0000000000c2';
const kolla = '/etc/kolla/nova-compute/nova.conf';
const packaged = '/etc/nova/nova.conf';

describe('the instances path of a host', function () {
  this.timeout(60_000);
  let cloud: DemoCloud;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    await sh(`mkdir -p /run/vms/${uuid} /etc/kolla/nova-compute; touch -d '10 days ago' /run/vms/${uuid}`);
  });
  afterEach(() => sh('rm -rf /etc/nova/* /etc/kolla/nova-compute/*'));
  after(() => sh('rm -rf /run/vms /etc/kolla/nova-compute'));

  async function sh(command: string): Promise<void> {
    const { code, stderr } = await cloud.onHost(host, `set -e; ${command}`);
    assert.equal(code, 0, stderr);
  }

  const write = (path: string, text: string): Promise<void> =>
    sh(`mkdir -p ${path.slice(0, path.lastIndexOf('/'))}; printf '[DEFAULT]\\n%s\\n' '${text}' > ${path}`);

  let trips = 0;
  async function paths(settings: Readonly<Record<string, unknown>> = {}): Promise<readonly string[]> {
    trips = 0;
    const access = accessTo(cloud, settings);
    const counting: CloudAccess = {
      ...access,
      openShell: async (...wanted) => {
        const shell = await access.openShell(...wanted);
        return {
          host: shell.host,
          close: () => shell.close(),
          run: (...call) => {
            trips++;
            return shell.run(...call);
          },
        };
      },
    };
    const nodes = [{ hypervisorHostname: host, uuid: null }];
    const address = cloud.ssh.addresses[host] ?? '';
    const { directories } = await readHost(counting, { host, address, nodes }, options.clock);
    return directories.filter((each) => each.uuid === uuid).map(({ path }) => path);
  }

  for (const path of [kolla, packaged, '/etc/nova/nova-cpu.conf', '/etc/nova/nova.conf.d/10-path.conf']) {
    it(`is read from ${path}, in the one round trip that there is`, async () => {
      await write(path, 'instances_path = /run/vms');
      assert.deepEqual(await paths(), [`/run/vms/${uuid}`]);
      assert.equal(trips, 1);
    });
  }

  it('is by the last file that says it', async () => {
    await write(packaged, 'instances_path = /run/elsewhere');
    await write('/etc/nova/nova-compute.conf', 'state_path = /run');
    await write('/etc/nova/nova.conf.d/20.conf', 'instances_path = $state_path/vms');
    await write('/etc/nova/nova.conf.d/10.conf', 'instances_path = /run/elsewhere');
    assert.deepEqual(await paths(), [`/run/vms/${uuid}`]);
  });

  it('is a gap that asks for the setting when two services differ, or it cannot be followed', async () => {
    const asks = (error: unknown): boolean =>
      OperatorError.is(error, 'bad-configuration') && error.action.includes('instancesPath');
    await write(packaged, 'instances_path = $pybasedir/vms');
    await assert.rejects(paths(), asks);
    await write(packaged, 'instances_path = /run/vms');
    await write(kolla, 'instances_path = /run/other');
    await assert.rejects(paths(), asks);
    assert.deepEqual(await paths({ instancesPath: '/run/vms' }), [`/run/vms/${uuid}`]);
  });

  it('is asked of the host again before a plan does anything there', async () => {
    await write(packaged, 'instances_path = /run/vms');
    const context = await contextOn(cloud);
    const step = directory(host, `/run/vms/${uuid}`, 'quarantine');
    const check = (): ReturnType<typeof checkDirectory> =>
      checkDirectory(section(uuid, step), step, context, 'nothing');
    assert.equal((await check()).bytes, 0);
    await write(packaged, 'instances_path = /run/other');
    await assert.rejects(
      check(),
      (error) => OperatorError.is(error, 'stale-evidence') && error.message.includes('/run/other'),
    );
  });
});
