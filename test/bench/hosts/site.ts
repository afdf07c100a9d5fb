import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '../../cloud/ports';
import { must, run } from '../../cloud/run';

/** Compute hosts that are one sshd on all addresses of a network of its own, where nothing else is. */
export interface Site {
  readonly addresses: readonly string[];
  readonly port: number;
  readonly keyFile: string;
  readonly knownHostsFile: string;
  /** a file in the format of ssh_config(5) for those who log in with ssh */
  readonly configFile: string;
  readonly instancesPath: string;
  /** the name that libvirt gives every one of them */
  readonly hostname: string;
  /** leads a command into the network */
  readonly enter: readonly string[];
  stop(): Promise<void>;
}

const port = 2222;
const hostname = 'compute-01';
const instances = 10;

/** As root: makes a network namespace. `virsh` there is a script that answers at once, for sshd is what is measured. */
export async function startSite(folder: string, hosts: number): Promise<Site> {
  const directory = join(folder, 'site');
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  mkdirSync('/run/sshd', { recursive: true });
  const file = (name: string): string => join(directory, name);
  const [keyFile, hostKey] = [file('login'), file('host')];
  for (const key of [keyFile, hostKey])
    await must('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  const addresses = Array.from({ length: hosts }, (_, index) => `127.20.${index >> 8}.${index & 255}`);
  writeInstances(directory);
  const publicKey = readFileSync(`${hostKey}.pub`, 'utf8').split(' ').slice(0, 2).join(' ');
  writeFileSync(
    file('known_hosts'),
    addresses.map((address) => `[${address}]:${port} ${publicKey}\n`).join(''),
  );
  writeFileSync(
    file('ssh_config'),
    [
      ...[`Port ${port}`, 'User root', `IdentityFile ${keyFile}`, 'IdentitiesOnly yes', 'BatchMode yes'],
      ...[`UserKnownHostsFile ${file('known_hosts')}`, 'StrictHostKeyChecking yes', ''],
    ].join('\n'),
  );
  const server = serve(file('sshd_config'), [
    ...[`Port ${port}`, 'ListenAddress 0.0.0.0', `HostKey ${hostKey}`, `AuthorizedKeysFile ${keyFile}.pub`],
    ...['PermitRootLogin prohibit-password', 'PasswordAuthentication no', 'UsePAM no', 'StrictModes no'],
    ...['PidFile none', 'MaxStartups 1000', `SetEnv HOME=${directory} PATH=${directory}:/usr/bin:/bin`],
  ]);
  const enter = ['nsenter', `--net=/proc/${String(server.pid)}/ns/net`, '--'];
  const [first = ''] = addresses;
  const probe = [...enter.slice(1), 'ssh', '-F', file('ssh_config'), first, 'true'];
  await waitFor('sshd', 20, async () => (await run('nsenter', probe)).code === 0);
  return {
    ...{ addresses, port, keyFile, hostname, enter, instancesPath: file('instances') },
    knownHostsFile: file('known_hosts'),
    configFile: file('ssh_config'),
    stop: async () => {
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    },
  };
}

/** A network and a table of processes of its own, so that a guest of this machine is none of these hosts. */
function serve(config: string, lines: readonly string[]): ChildProcess {
  writeFileSync(config, lines.join('\n'));
  const script = `ip link set lo up && exec /usr/sbin/sshd -D -f ${config}`;
  return spawn('unshare', ['--net', '--pid', '--fork', '--mount-proc', '--kill-child', 'sh', '-c', script], {
    stdio: 'ignore',
  });
}

function writeInstances(directory: string): void {
  const uuids = Array.from(
    { length: instances },
    (_, index) => `0a2d1bf7-982c-4034-9713-566d58ced0${index + 10}`,
  );
  for (const uuid of uuids) {
    mkdirSync(join(directory, 'instances', uuid), { recursive: true });
    writeFileSync(join(directory, 'instances', uuid, 'disk'), '');
    writeFileSync(join(directory, `${uuid}.xml`), domainXml(uuid, join(directory, 'instances', uuid)));
  }
  writeFileSync(join(directory, 'uuids'), `${uuids.join('\n')}\n`);
  writeFileSync(join(directory, 'virsh'), virsh(directory));
  chmodSync(join(directory, 'virsh'), 0o755);
}

/** `virsh -q -c URI COMMAND` for the commands that a scan gives. */
function virsh(directory: string): string {
  return `#!/bin/sh
cd ${directory}
case $4 in
  uri) echo qemu:///system ;;
  hostname) echo ${hostname} ;;
  list) cat uuids ;;
  *) printf '%s\\n' "$4" | while read -r command value; do
    case $command in
      echo) echo "$value" ;;
      domstate) echo running ;;
      dumpxml) cat "$value.xml" ;;
    esac
  done ;;
esac
`;
}

function domainXml(uuid: string, directory: string): string {
  const device = (bus: number): string =>
    `    <controller type='pci' index='${bus}' model='pcie-root-port'>\n      <model name='pcie-root-port'/>\n    </controller>\n`;
  return `<domain type='kvm' id='3'>
  <name>instance-0000002b</name>
  <uuid>${uuid}</uuid>
  <metadata>
    <nova:instance xmlns:nova="http://openstack.org/xmlns/libvirt/nova/1.1">
      <nova:name>web-01</nova:name>
      <nova:owner>
        <nova:user uuid="33f568cb67cd43b527b23cad0a398dd6">anna</nova:user>
        <nova:project uuid="41c50855be07feca319e82c4d250bf94">shop</nova:project>
      </nova:owner>
    </nova:instance>
  </metadata>
  <devices>
    <disk type='file' device='disk'>
      <source file='${directory}/disk'/>
      <target dev='vda' bus='virtio'/>
    </disk>
${Array.from({ length: 25 }, (_, bus) => device(bus)).join('')}  </devices>
</domain>
`;
}
