import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { runAtNova } from '../../../src/cloud/compute/runAtNova';
import type { Shell } from '../../../src/cloud/ssh/shell';
import { survey, type HostReport } from '../../../src/evidence/survey';
import { checkDirectory, runDirectory } from '../../../src/execution/directory';
import { runDomain } from '../../../src/execution/domain';
import { Journal } from '../../../src/execution/journal';
import { OperatorError } from '../../../src/model/errors';
import type { DemoCloud } from '../../cloud/demoCloud';
import { contextOn, directory, domain, section } from '../execution/bench';
import { sharedCloud } from '../sharedCloud';
import { accessTo, options } from './accessTo';

const host = 'compute-05';
const uuid = 'c0ffee00-0000-4000-8000-0000000000c1';
const path = `/var/lib/nova/instances/${uuid}`;
/** /var/lib/nova of the container, as the host sees it */
const volume = '/run/container/nova';
const script = resolve(__dirname, '../../cloud/hosts/container.sh');

type Settings = Readonly<Record<string, unknown>>;

describe('libvirt in a container', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
  });

  async function sh(command: string): Promise<string> {
    const { code, stdout, stderr } = await cloud.onHost(host, `set -e; ${command}`);
    assert.equal(code, 0, stderr);
    return stdout;
  }

  const inside = (command: string): Promise<string> => sh(`podman exec nova_libvirt ${command}`);
  const stop = (): Promise<string> => sh(`bash ${script} stop`);

  async function look(settings: Settings = {}): Promise<HostReport> {
    const seen = await survey(accessTo(cloud, settings), { ...options, onlyHosts: [host] });
    const report = seen.hosts.find((each) => each.host === host);
    assert.ok(report);
    return report;
  }

  async function onShell<T>(work: (shell: Shell) => Promise<T>): Promise<T> {
    const access = accessTo(cloud);
    const shell = await access.openShell({ host, address: cloud.ssh.addresses[host] ?? '' });
    try {
      return await work(shell);
    } finally {
      shell.close();
    }
  }

  describe('in place of one on the host', () => {
    before(() => sh(`bash ${script} start instead`));
    after(stop);

    beforeEach(() =>
      sh(`mkdir -p ${volume}/instances/${uuid}
        truncate -s 1M ${volume}/instances/${uuid}/disk
        touch -d '10 days ago' ${volume}/instances/${uuid}/disk ${volume}/instances/${uuid}
        cat > /run/domain.xml <<'X'
<domain type="qemu"><name>instance-c0ffee00</name><uuid>${uuid}</uuid><memory unit="MiB">8</memory>
<os><type arch="x86_64">hvm</type></os></domain>
X
        podman exec nova_libvirt virsh -q -c qemu:///system define /run/domain.xml`),
    );

    for (const settings of [{}, { libvirtContainer: 'nova_libvirt' }]) {
      it(`is read, with its own paths: ${JSON.stringify(settings)}`, async () => {
        const { source, domains, directories } = await look(settings);
        assert.equal(source.gap, undefined);
        assert.deepEqual(
          domains.map((each) => each.uuid),
          [uuid],
        );
        assert.deepEqual(
          directories.map((each) => [each.path, each.bytes]),
          [[path, 1_048_576]],
        );
      });
    }

    it('is read although the host has a virsh, which reaches the same libvirt', async () => {
      await sh('cp /usr/bin/hidden-virsh /usr/bin/virsh');
      try {
        assert.deepEqual(
          (await look()).directories.map((each) => each.path),
          [path],
        );
      } finally {
        await sh('rm /usr/bin/virsh');
      }
    });

    it('is a gap where the settings say that there is none, or another', async () => {
      assert.equal((await look({ libvirtContainer: 'none' })).source.gap?.code, 'virsh-missing');
      const { gap } = (await look({ libvirtContainer: 'libvirt' })).source;
      assert.equal(gap?.code, 'virsh-missing');
      // the latter where the machine has a docker without an engine: it does not say what runs
      assert.match(gap.message, /No container libvirt runs|does not say which containers run/);
    });

    it('gets data as it is, and what failed in it', async () => {
      const odd = `it's "$(reboot)" \\ \`x\`\n-e é`;
      const said = await onShell((shell) =>
        runAtNova(
          shell,
          accessTo(cloud).configuration,
          `printf '%s|' "$@"; ls /run/container/nova >&2; exit 3`,
          [odd, ''],
        ),
      );
      assert.deepEqual(said, {
        code: 3,
        stdout: `/var/lib/nova/instances|qemu:///system|${odd}||`,
        stderr: 'instances\n',
      });
    });

    it('has nothing running any more of a script that was given up', async () => {
      const late = onShell((shell) =>
        runAtNova(shell, accessTo(cloud).configuration, 'sleep 4321; echo late', [], { timeoutMs: 3_000 }),
      );
      const given = assert.rejects(late, (error) => OperatorError.is(error, 'timed-out'));
      assert.equal(await sleepers(true), true);
      await given;
      assert.equal(await sleepers(false), false);
    });

    it('loses what a plan takes away, in the container', async () => {
      const context = await contextOn(cloud);
      const journal = await Journal.open(
        context.folder,
        '20261123T103107Z-abcdef',
        'the plan',
        context.clock,
      );
      const removal = domain(host, uuid, 'shut off');
      await runDomain(section(uuid, removal), removal, context, journal);
      assert.equal((await inside('virsh -c qemu:///system list --all --uuid')).trim(), '');
      const step = directory(host, path, 'quarantine');
      await runDirectory(section(uuid, step), step, context, journal, 'nothing');
      await sh(
        `cd ${volume}/instances; test ! -e ${uuid}; test -f .openstack-zombies-quarantine/*/${uuid}/disk`,
      );
    });

    it('says which files the processes of the host have open', async () => {
      await inside(`virsh -c qemu:///system undefine ${uuid}`);
      const pid = (await sh(`sleep 60 < ${volume}/instances/${uuid}/disk > /dev/null 2>&1 & echo $!`)).trim();
      const context = await contextOn(cloud);
      const step = directory(host, path, 'quarantine');
      await assert.rejects(checkDirectory(section(uuid, step), step, context, 'nothing'), (error) =>
        OperatorError.is(error) ? new RegExp(`open: /proc/${pid}/fd/0`).test(error.message) : false,
      );
      await sh(`kill ${pid}`);
    });
  });

  describe('beside one on the host', () => {
    before(() => sh(`bash ${script} start beside`));
    after(stop);

    it('is a gap that says which settings decide, and each of them decides', async () => {
      const { source, domains } = await look();
      assert.equal(source.gap?.code, 'command-failed');
      assert.match(source.gap.message, /two libvirts on compute-05.*nova_libvirt/);
      assert.match(source.gap.action, /libvirtContainer/);
      assert.deepEqual(domains, []);
      await sh(`mkdir -p ${volume}/instances/${uuid}`);
      const found = async (libvirtContainer: string): Promise<string[]> =>
        (await look({ libvirtContainer })).directories.map((each) => each.uuid);
      assert.deepEqual(await found('nova_libvirt'), [uuid]);
      assert.ok(!(await found('none')).includes(uuid));
    });
  });

  it('that does not see the processes of the host is a gap', async () => {
    await sh(`bash ${script} start instead --pid private`);
    try {
      const { gap } = (await look()).source;
      assert.match(gap?.message ?? '', /does not see the processes/);
    } finally {
      await stop();
    }
  });

  /** Does the script sleep there? Waits a while for the answer that is hoped for. */
  async function sleepers(hoped: boolean): Promise<boolean> {
    const { code } = await cloud.onHost(
      host,
      `for i in $(seq 50); do
        grep -qxz 4321 /proc/[0-9]*/cmdline 2> /dev/null; found=$?
        [ "$found" = ${hoped ? 0 : 1} ] && exit "$found"
        sleep 0.1
      done; exit "$found"`,
    );
    return code === 0;
  }
});
