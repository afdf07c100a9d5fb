import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { run, say, SetupError } from './processes.mjs';

/** The servers of the demo cloud, the browser that VS Code is shown in, and what compiles VS Code's native parts. */
const packages = [
  ...['mariadb-server', 'mariadb-client', 'openssh-server', 'openssh-client', 'openssl', 'iproute2'],
  ...['libvirt-daemon', 'libvirt-daemon-driver-qemu', 'libvirt-daemon-system', 'libvirt-clients'],
  ...['qemu-system-x86', 'qemu-utils', 'chromium', 'g++', 'make', 'python3'],
];

/** Installs the missing ones as root; tells anybody else what to install. Starts no service. */
export async function ensureDebianPackages() {
  const missing = missingPackages();
  if (missing.length === 0) return;
  const install = `apt-get install --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0) {
    throw new SetupError(`These Debian packages are missing. As root: ${install}`);
  }
  say(`installing Debian packages: ${missing.join(' ')}`);
  await withoutStartingServices(async () => {
    const options = ['-o', 'DPkg::Lock::Timeout=600', '-y', '--no-install-recommends'];
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    const why = `Debian packages could not be installed. Is the package mirror reachable? By hand: ${install}`;
    await run('apt-get', ['-o', 'DPkg::Lock::Timeout=600', 'update'], { why, env });
    await run('apt-get', ['install', ...options, ...missing], { why, env });
  });
}

function missingPackages() {
  const query = spawnSync('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...packages], {
    encoding: 'utf8',
  });
  if (query.error) {
    throw new SetupError(`This is not a Debian system. The rig needs: ${packages.join(' ')}`);
  }
  const installed = new Set(
    query.stdout.split('\n').flatMap((line) => /^(\S+) installed$/.exec(line)?.[1] ?? []),
  );
  return packages.filter((name) => !installed.has(name));
}

const policy = '/usr/sbin/policy-rc.d';
const former = `${policy}.before-openstack-zombies`;
const refusal =
  '#!/bin/sh\n# openstack-zombies: packages are being installed, no service may start\nexit 101\n';

/** While `work` runs, invoke-rc.d(8) asks a policy-rc.d that forbids every action. */
async function withoutStartingServices(work) {
  const restore = () => {
    rmSync(policy, { force: true });
    if (existsSync(former)) renameSync(former, policy);
  };
  const stop = () => {
    restore();
    process.exit(130);
  };
  if (existsSync(policy) && readFileSync(policy, 'utf8') !== refusal) renameSync(policy, former);
  writeFileSync(policy, refusal, { mode: 0o755 });
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    await work();
  } finally {
    restore();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}
