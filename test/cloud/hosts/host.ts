import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { uuidOf } from '../population/world';
import { waitFor } from '../ports';
import { startProcess } from '../processes';
import { must, run, type Outcome } from '../run';

export interface HostPlace {
  readonly name: string;
  readonly address: string;
}

/** A running compute host: namespaces with its own name, libvirtd, sshd and instances directory. */
export interface Host {
  readonly facts: HostPlace;
  readonly directory: string;
  /** /var/lib/nova/instances of the host, seen from outside. */
  readonly instances: string;
  /** The line of known_hosts for its key. */
  readonly knownHost: string;
  run(command: string, input?: string): Promise<Outcome>;
  /** The command line that runs a program in it, as a child of the caller. */
  inside(command: string): readonly [file: string, ...args: string[]];
}

export interface SshAccess {
  readonly port: number;
  readonly keyFile: string;
}

/** Starts a host in `<cloud>/hosts/<name>`; ready when its libvirtd and sshd answer. Needs root. */
export async function startHost(cloud: string, facts: HostPlace, ssh: SshAccess): Promise<Host> {
  const directory = join(cloud, 'hosts', facts.name);
  for (const folder of [
    'var-lib-libvirt',
    'etc-libvirt',
    'etc-nova',
    'etc-kolla',
    'log',
    'nova/instances',
    'run/sshd',
    'run/libvirt',
    'ssh',
  ]) {
    mkdirSync(join(directory, folder), { recursive: true });
  }
  // The mount points in the machine's own tree; what is mounted there is seen inside the host only.
  for (const folder of [
    '/var/lib/nova',
    '/var/lib/libvirt',
    '/etc/libvirt',
    '/etc/nova',
    '/etc/kolla',
    '/var/log/libvirt',
    '/var/cache/libvirt',
  ]) {
    mkdirSync(folder, { recursive: true });
  }
  const knownHost = await writeSshConfiguration(directory, facts, ssh);
  writeLibvirtConfiguration(directory, facts.name);
  const unshare = startProcess(cloud, {
    name: `host-${facts.name}`,
    file: 'unshare',
    args: [
      ...[
        '--mount',
        '--uts',
        '--pid',
        '--fork',
        '--kill-child=SIGKILL',
        '--mount-proc',
        '--propagation',
        'private',
      ],
      ...['bash', join(__dirname, 'init.sh'), directory, facts.name],
    ],
    stop: 'SIGKILL',
  });
  await waitFor(`${facts.name} (see ${join(cloud, 'log', `host-${facts.name}.log`)})`, 30, () =>
    Promise.resolve(existsSync(join(directory, 'ready'))),
  );
  const init = readFileSync(`/proc/${unshare}/task/${unshare}/children`, 'latin1').trim();
  const inside = (command: string) => ['nsenter', '-t', init, '-m', '-u', '-p', 'sh', '-c', command] as const;
  return {
    facts,
    directory,
    instances: join(directory, 'nova/instances'),
    knownHost,
    run: (command, input) => {
      const [file, ...args] = inside(command);
      return run(file, args, input);
    },
    inside,
  };
}

async function writeSshConfiguration(
  directory: string,
  { name, address }: HostPlace,
  ssh: SshAccess,
): Promise<string> {
  const key = join(directory, 'ssh/host_key');
  await must('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', key]);
  writeFileSync(join(directory, 'ssh/authorized_keys'), readFileSync(`${ssh.keyFile}.pub`), { mode: 0o600 });
  const lines = [
    `Port ${ssh.port}`,
    `ListenAddress ${address}`,
    `HostKey ${key}`,
    `AuthorizedKeysFile ${join(directory, 'ssh/authorized_keys')}`,
    'PermitRootLogin prohibit-password',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'UsePAM no',
    'StrictModes no',
    'PidFile none',
    'PrintMotd no',
    'MaxStartups 100',
    'MaxSessions 100',
    'Subsystem sftp internal-sftp',
  ];
  writeFileSync(join(directory, 'sshd_config'), lines.join('\n') + '\n');
  const [type = '', data = ''] = readFileSync(`${key}.pub`, 'latin1').split(' ');
  return `[${address}]:${ssh.port} ${type} ${data}`;
}

function writeLibvirtConfiguration(directory: string, name: string): void {
  const libvirtd = [
    'auth_unix_ro = "none"',
    'auth_unix_rw = "none"',
    `host_uuid = "${uuidOf(`host ${name}`)}"`,
    'log_outputs = "3:file:/var/log/libvirt/libvirtd.log"',
  ];
  // No security driver, cgroups or mount namespaces of libvirt's own: the host's namespaces are all there is here.
  const qemu = [
    'user = "root"',
    'group = "root"',
    'dynamic_ownership = 0',
    'remember_owner = 0',
    'security_driver = "none"',
    'namespaces = []',
    'cgroup_controllers = []',
    'stdio_handler = "file"',
  ];
  writeFileSync(join(directory, 'etc-libvirt/libvirtd.conf'), libvirtd.join('\n') + '\n');
  writeFileSync(join(directory, 'etc-libvirt/qemu.conf'), qemu.join('\n') + '\n');
}
