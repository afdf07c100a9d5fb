import assert from 'node:assert/strict';
import { join } from 'node:path';
import { directive } from '../../../src/cleanup/directives';
import { parse } from '../../../src/cleanup/parse';
import type { RunContext } from '../../../src/execution/context';
import { dryRunPlan } from '../../../src/execution/dryRunPlan';
import { runPlan } from '../../../src/execution/runPlan';
import type { RunReport } from '../../../src/model/report';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { contextOn } from './bench';
import { shellOn } from './hostShell';
import { host, instances, path, plantDirectory, uuid } from './instanceDirectory';
import { bearingOut, planText, sectionText } from './planText';

const other = 'compute-02';

/** compute-01 has the instances path of compute-02 mounted, and both are noted there as Nova does. */
describe('a directory on an instances path that hosts share', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;
  let context: RunContext;
  const sh = shellOn(() => cloud, host);
  const onOther = shellOn(() => cloud, other);

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    const theirs = join(cloud.directory, 'hosts', other, 'nova/instances');
    await sh(`mount --bind ${theirs} ${instances}`);
  });

  beforeEach(async () => {
    context = { ...(await contextOn(cloud)), hosts: [host, other, 'compute-03'] };
    await sh(
      `${plantDirectory}; echo '{"${other}": 1795473522.85, "${host}": 1795473500.1}' > compute_nodes`,
    );
  });

  after(async () => {
    await sh(`${plantDirectory}; rm -r ${path}; cd /; umount ${instances}`);
    await cloud.reset();
  });

  function text(then: string): string {
    return planText(context, sectionText(uuid, directive('directory', { host, path, bytes: 0, then })));
  }

  async function run(then = 'quarantine'): Promise<RunReport> {
    const look = bearingOut(text(then));
    return runPlan(parse(text(then)), text(then), { ...context, look }, {});
  }

  /** Nothing is done, and a dry run says so before. */
  async function refuses(message: RegExp): Promise<void> {
    for (const then of ['quarantine', 'delete']) {
      const look = bearingOut(text(then));
      const tried = await dryRunPlan(parse(text(then)), text(then), { ...context, look }, {});
      assert.match(tried.sections[0]?.steps[0]?.problem?.message ?? '', message);
      const [step] = (await run(then)).sections[0]?.steps ?? [];
      assert.equal(step?.outcome, 'refused');
      assert.match(step.problem?.message ?? '', message);
    }
    await sh(`test -f ${path}/disk && test ! -e ${instances}/.openstack-zombies-quarantine`);
  }

  it('is taken away when no host of the cloud has the instance', async () => {
    assert.equal((await run()).sections[0]?.outcome, 'done');
    await onOther(`test ! -e ${path}`);
  });

  it('is left alone while another host has a domain of the instance', async () => {
    await onOther(`cat > /run/d.xml <<'X'
<domain type="qemu"><name>other</name><uuid>${uuid}</uuid><memory unit="MiB">8</memory>
<os><type arch="x86_64">hvm</type></os></domain>
X
      virsh -c qemu:///system define /run/d.xml`);
    try {
      await refuses(
        /storage that other hosts use too, and compute-02 may have the instance: .*has the domain/,
      );
    } finally {
      await onOther(`virsh -c qemu:///system undefine ${uuid}`);
    }
  });

  it('is left alone while a process on another host has a file of it open', async () => {
    const pid = (await onOther(`sleep 60 < ${path}/disk > /dev/null 2>&1 & echo $!`)).trim();
    try {
      await refuses(new RegExp(`compute-02 .*open: /proc/${pid}/fd/0`));
    } finally {
      await onOther(`kill ${pid}`);
    }
  });

  it('is left alone while a host does not say', async () => {
    context = { ...context, hosts: [...context.hosts, 'compute-04'] };
    await refuses(/compute-04 may have the instance/);
  });

  it('is left alone when the instance is live, on whichever host', async () => {
    await cloud.sql(
      `INSERT INTO instances (uuid, deleted, host) VALUES ('${uuid}', 0, 'compute-09')`,
      'nova_cell1',
    );
    try {
      await refuses(/is live by now/);
    } finally {
      await cloud.sql(`DELETE FROM instances WHERE uuid = '${uuid}'`, 'nova_cell1');
    }
  });
});
