import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunContext } from '../../../src/execution/context';
import { checkDomain, runDomain } from '../../../src/execution/domain';
import { checkHostStep, runHostStep } from '../../../src/execution/hostStep';
import { Journal } from '../../../src/execution/journal';
import { purgeable } from '../../../src/execution/moves';
import { readJournal } from '../../../src/execution/readJournal';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { cellIn, contextOn, directory, domain, section, unit } from './bench';

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

  it('whose XML can not be saved are left alone', async () => {
    await start();
    writeFileSync(join(journal.folder, 'domains'), 'a file in the place of the folder');
    await assert.rejects(run('running'), { code: 'not-saved' });
    assert.match(await virsh(`domstate ${uuid}`), /running/);
  });

  it('whose TPM can not be copied are left alone, with nothing half copied', async () => {
    await start();
    await sh(`mkdir -p /var/lib/libvirt/swtpm/${uuid} && printf secret > /var/lib/libvirt/swtpm/${uuid}/tpm2
      cp /usr/bin/cp /var/lib/nova/real-cp
      printf '#!/bin/sh\\n/var/lib/nova/real-cp "$@"; echo No space left on device >&2; exit 1\\n' > /var/lib/nova/full-cp
      chmod 755 /var/lib/nova/full-cp; mount --bind /var/lib/nova/full-cp /usr/bin/cp`);
    try {
      await assert.rejects(run('running'), { code: 'command-failed', message: /No space left/ });
    } finally {
      await sh('umount /usr/bin/cp');
    }
    assert.match(await virsh(`domstate ${uuid}`), /running/);
    await sh('test ! -e /var/lib/nova/instances/.openstack-zombies-quarantine');
  });

  it('are noted with what was copied of them, so that a purge finds it', async () => {
    await sh(
      `mkdir -p /var/lib/libvirt/swtpm/${uuid} && printf secret > /var/lib/libvirt/swtpm/${uuid}/tpm2`,
    );
    await run('shut off');
    const [place] = purgeable(await readJournal(context.folder, journal.run));
    assert.equal(place?.path, path);
    await sh(`test -f ${place.to}/${uuid}/tpm2`);
  });

  describe('of an instance that came back to life', () => {
    const revive = (on: string): Promise<unknown> =>
      cloud.sql(`INSERT INTO instances (uuid, deleted, host) VALUES ('${uuid}', 0, ${on})`, 'nova_cell2');

    afterEach(() => cloud.sql(`DELETE FROM instances WHERE uuid = '${uuid}'`, 'nova_cell2'));

    for (const on of [`'${host}'`, `'compute-09'`, 'NULL']) {
      it(`between the dry run and the run are left alone, and it is said where it is: ${on}`, async () => {
        await start();
        const step = domain(host, uuid, 'running');
        const tried = await checkHostStep(section(uuid, step), step, context);
        assert.equal(tried.outcome, 'rolled-back');
        await revive(on);
        const { outcome, error } = await runHostStep(section(uuid, step), step, context, journal);
        assert.equal(outcome, 'refused');
        assert.match(
          String(error),
          new RegExp(`is live by now: the cell \\S+ has it on ${on.replaceAll("'", '')}`),
        );
        const again = await checkHostStep(section(uuid, step), step, context);
        assert.equal(again.outcome, 'refused');
        assert.match(await virsh(`domstate ${uuid}`), /running/);
      });
    }

    it('are removed where the section takes the row itself, and where the row is on another host by its kind', async () => {
      await revive(`'compute-09'`);
      const step = domain(host, uuid, 'shut off');
      const twice = { ...section(uuid, step), kind: 'domain-on-two-hosts' as const };
      assert.equal((await checkHostStep(twice, step, context)).outcome, 'rolled-back');
      const takes = { ...unit(cellIn(context, 'nova_cell2'), 'nova_cell2'), takesRow: true as const };
      assert.equal((await checkHostStep(section(uuid, step, takes), step, context)).outcome, 'rolled-back');
      const elsewhere = { ...unit(cellIn(context, 'nova_cell1'), 'nova_cell1'), takesRow: true as const };
      assert.equal((await checkHostStep(section(uuid, step, elsewhere), step, context)).outcome, 'refused');
    });
  });

  it('are left alone while a cell does not answer', async () => {
    const cells = context.cells.map((cell) =>
      cell.uuid === cellIn(context, 'nova_cell2')
        ? { ...cell, url: cell.url.replace(/:\d+\//, ':1/') }
        : cell,
    );
    context = { ...context, cells };
    const step = domain(host, uuid, 'shut off');
    const { outcome } = await runHostStep(section(uuid, step), step, context, journal);
    assert.equal(outcome, 'refused');
    assert.equal(await isDefined(), true);
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
