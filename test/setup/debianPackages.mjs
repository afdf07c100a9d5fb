import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { run, say, SetupError } from './processes.mjs';

/**
 * The servers of the demo cloud, the engine of its container, the browser that VS Code is shown in, what compiles VS
 * Code's native parts, and the programs whose reading of configuration files ours is compared with.
 */
const demoPackages = [
  ...['mariadb-server', 'mariadb-client', 'openssh-server', 'openssh-client', 'openssl', 'iproute2', 'sudo'],
  ...['libvirt-daemon', 'libvirt-daemon-driver-qemu', 'libvirt-daemon-system', 'libvirt-clients'],
  ...['qemu-system-x86', 'qemu-utils', 'chromium', 'g++', 'make', 'python3'],
  ...['python3-openstacksdk', 'python3-oslo.config', 'mawk', 'gawk', 'busybox', 'podman', 'crun', 'sshfs'],
];

/** The databases as a cluster: Galera, what its nodes bring each other up to date with, and the proxy before them. */
const galeraPackages = [
  ...['mariadb-server', 'mariadb-client', 'galera-4'],
  ...['mariadb-backup', 'socat', 'iproute2', 'haproxy'],
];

/** The OpenStack release of Debian 12, which is Zed, with what it stores in and talks over. */
const openstackPackages = [
  ...['mariadb-server', 'mariadb-client', 'rabbitmq-server', 'uwsgi-core', 'uwsgi-plugin-python3'],
  ...['keystone', 'placement-api', 'glance-api', 'neutron-common', 'python3-neutron'],
  ...['nova-common', 'nova-api', 'nova-conductor', 'nova-scheduler', 'nova-compute'],
  ...['cinder-common', 'cinder-api', 'cinder-scheduler', 'cinder-volume'],
  ...['python3-openstackclient', 'python3-osc-placement', 'python3-pymysql'],
  // two of its hosts have libvirt
  ...['libvirt-daemon', 'libvirt-daemon-driver-qemu', 'libvirt-daemon-system', 'libvirt-clients'],
  ...['python3-libvirt', 'qemu-system-x86', 'qemu-utils', 'openssh-server', 'openssh-client', 'iproute2'],
];

/** What the bench holds the reading of hosts against. */
const hostsPackages = ['clustershell', 'pdsh', 'pssh', 'openssh-server', 'openssh-client', 'iproute2'];

/** What the bench holds the deletion of history against. */
const purgePackages = ['mariadb-server', 'mariadb-client', 'nova-common', 'percona-toolkit'];

export const ensureDemoPackages = () => ensurePackages(demoPackages);
export const ensureGaleraPackages = () => ensurePackages(galeraPackages);
export const ensureHostsPackages = () => ensurePackages(hostsPackages);
export const ensurePurgePackages = () => ensurePackages(purgePackages);
export const ensureOpenstackPackages = () => ensurePackages(openstackPackages);

/** Installs the missing ones as root; tells anybody else what to install. Starts no service. */
async function ensurePackages(packages) {
  const missing = missingPackages(packages);
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

function missingPackages(packages) {
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
