import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RunContext } from '../../../src/execution/context';
import { checkDomain, runDomain } from '../../../src/execution/domain';
import { runHostStep } from '../../../src/execution/hostStep';
import { Journal } from '../../../src/execution/journal';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { contextOn, directory, domain, section } from './bench';

const host = 'compute-01';
const uuid = 'c0ffee00-0000-4000-8000-0000000000d0';
const path = `/var/lib/nova/instances/${uuid}`;

describe('domains on a host', function () {
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
    await sh(`virsh -c qemu:///system destroy ${uuid} > /dev/null 2>&1 || true
      virsh -c qemu:///system undefine --nvram --snapshots-metadata ${uuid} > /dev/null 2>&1 || true
      rm -rf /var/lib/nova/instances/.openstack-zombies-quarantine /var/lib/libvirt/swtpm/${uuid} ${path}
      mkdir -p ${path} && truncate -s 1M ${path}/disk
      cat > /run/domain.xml <<'X'
<domain type="qemu"><name>instance-c0ffee00</name><uuid>${uuid}</uuid><memory unit="MiB">8</memory>
<os><type arch="x86_64">hvm</type></os><devices><disk type="file"><source file="${path}/disk"/><target dev="vda"/></disk>
<graphics type="vnc" passwd="se&lt;cret" listen="127.0.0.1"/></devices></domain>
X
      virsh -c qemu:///system define /run/domain.xml`);
  });

  after(() => cloud.reset());

  async function sh(command: string): Promise<string> {
    const { code, stdout, stderr } = await cloud.onHost(host, `set -e; ${command}`);
    assert.equal(code, 0, stderr);
    return stdout;
  }

  const virsh = (command: string): Promise<string> => sh(`virsh -c qemu:///system ${command}`);
  const start = (): Promise<string> => virsh(`start ${uuid}`);

  function run(state: string): ReturnType<typeof runDomain> {
    const step = domain(host, uuid, state);
    return runDomain(section(uuid, step), step, context, journal);
  }

  async function isDefined(): Promise<boolean> {
    return (await virsh('list --all --uuid')).includes(uuid);
  }

  it('that are shut off lose their definition, which is saved first and defines them again', async () => {
    const before = await virsh(`dumpxml --inactive --security-info ${uuid}`);
    const { irreversible, detail } = await run('shut off');
    assert.equal(irreversible, false);
    assert.equal(await isDefined(), false);
    const saved = join(journal.folder, 'domains', `${host}-${uuid}.xml`);
    assert.match(detail ?? '', new RegExp(saved));
    assert.equal(statSync(saved).mode & 0o777, 0o600);
    await sh(
      `cat > /run/saved.xml <<'X'\n${readFileSync(saved, 'utf8')}X\nvirsh -c qemu:///system define /run/saved.xml`,
    );
    assert.equal(await virsh(`dumpxml --inactive --security-info ${uuid}`), before);
  });

  it('that run are stopped, which cannot be undone', async () => {
    await start();
    const { irreversible } = await run('running');
    assert.equal(irreversible, true);
    assert.equal(await isDefined(), false);
  });

  it('that are paused are stopped too', async () => {
    await start();
    await virsh(`suspend ${uuid}`);
    assert.equal((await run('paused')).irreversible, true);
    assert.equal(await isDefined(), false);
  });

  it('lose their saved memory with the definition, and the report says so', async () => {
    await start();
    await virsh(`managedsave ${uuid}`);
    const { irreversible, detail } = await run('shut off');
    assert.equal(irreversible, true);
    assert.match(detail ?? '', /saved memory/);
    assert.equal(await isDefined(), false);
  });

  it('leave a copy of their TPM behind', async () => {
    await sh(
      `mkdir -p /var/lib/libvirt/swtpm/${uuid} && printf secret > /var/lib/libvirt/swtpm/${uuid}/tpm2`,
    );
    await run('shut off');
    const kept = `/var/lib/nova/instances/.openstack-zombies-quarantine/${journal.run}/${uuid}.domain/${uuid}/tpm2`;
    assert.equal(await sh(`cat ${kept}`), 'secret');
  });

  it('lose what libvirt knows of their snapshots, and the report says so', async () => {
    await virsh(`snapshot-create-as ${uuid} first --disk-only`);
    const { irreversible, detail } = await run('shut off');
    assert.equal(irreversible, true);
    assert.match(detail ?? '', /knew of 1 snapshots/);
  });

  describe('whose definition libvirt keeps', () => {
    beforeEach(async () => {
      await sh(`cp /usr/bin/virsh /var/lib/nova/real-virsh
        cat > /var/lib/nova/stubborn-virsh <<'X'
#!/bin/sh
case "$*" in *undefine*) echo 'error: it stays' >&2; exit 1 ;; esac
exec /var/lib/nova/real-virsh "$@"
X
        chmod 755 /var/lib/nova/stubborn-virsh
        mount --bind /var/lib/nova/stubborn-virsh /usr/bin/virsh`);
    });

    afterEach(() => sh('umount /usr/bin/virsh'));

    it('are said to be stopped when they were', async () => {
      await start();
      await assert.rejects(run('running'), { code: 'command-failed', message: /was STOPPED.*it stays/ });
      assert.match(await virsh(`domstate ${uuid}`), /shut off/);
    });

    it('are not said to be stopped when they did not run', async () => {
      const kept = (error: Error): boolean =>
        error.message.includes('it stays') && !error.message.includes('STOPPED');
      await assert.rejects(run('shut off'), kept);
    });
  });

  it('are left alone when they run and the plan says otherwise', async () => {
    await start();
    await assert.rejects(run('shut off'), { code: 'stale-evidence', message: /running/ });
    assert.match(await virsh(`domstate ${uuid}`), /running/);
  });

  it('are left alone when they do not run and the plan says they do', async () => {
    await assert.rejects(run('running'), { code: 'stale-evidence', message: /shut off/ });
    assert.equal(await isDefined(), true);
  });

  it('that are not there are an error', async () => {
    await virsh(`undefine ${uuid}`);
    await assert.rejects(run('shut off'), { code: 'stale-evidence', message: /any more/ });
  });

  it('are left alone on a host that calls itself by another name', async () => {
    context = { ...context, hypervisorNames: () => ['compute-02'] };
    await assert.rejects(run('shut off'), { code: 'wrong-machine' });
    assert.equal(await isDefined(), true);
  });

  it('of another instance are left alone', async () => {
    const step = domain(host, uuid, 'shut off');
    const other = section('c0ffee00-0000-4000-8000-0000000000d1', step);
    await assert.rejects(runDomain(other, step, context, journal), { code: 'plan-refused' });
    assert.equal(await isDefined(), true);
  });

  it('are only looked at in a dry run', async () => {
    await start();
    const step = domain(host, uuid, 'running');
    assert.deepEqual(await checkDomain(section(uuid, step), step, context), { irreversible: true });
    assert.match(await virsh(`domstate ${uuid}`), /running/);
  });

  it('that were stopped a moment ago do not keep their directory in place', async () => {
    await start();
    const steps = [domain(host, uuid, 'running'), directory(host, path, 'quarantine')] as const;
    const whole = section(uuid, ...steps);
    for (const step of steps) {
      assert.equal((await runHostStep(whole, step, context, journal)).outcome, 'done');
    }
    await sh(`test ! -e ${path}`);
  });
});
