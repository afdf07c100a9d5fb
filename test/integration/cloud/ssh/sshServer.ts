import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort, waitFor } from '../../../cloud/ports';
import { must } from '../../../cloud/run';

export interface SshServerOptions {
  readonly keyTypes?: readonly string[];
  /** a loopback address of its own; default 127.0.0.1 */
  readonly address?: string;
  /** further lines of sshd_config */
  readonly lines?: readonly string[];
}

/** A real sshd on a loopback address that lets one key in. */
export interface SshServer {
  readonly directory: string;
  readonly pid: number;
  readonly user: string;
  readonly address: string;
  readonly port: number;
  readonly keyFile: string;
  /** public host keys by type, `ssh-ed25519 AAAA...` */
  readonly hostKeys: readonly string[];
  stop(): Promise<void>;
}

export async function startSshServer(options: SshServerOptions = {}): Promise<SshServer> {
  const { keyTypes = ['ed25519'], address = '127.0.0.1', lines = [] } = options;
  const directory = mkdtempSync(join(tmpdir(), 'openstack-zombies-sshd-'));
  const keyFile = join(directory, 'login');
  await newKey(keyFile, 'ed25519');
  const hostKeyFiles = keyTypes.map((type) => join(directory, `host-${type}`));
  await Promise.all(hostKeyFiles.map((file, index) => newKey(file, keyTypes[index] ?? '')));
  const port = await freePort();
  const config = join(directory, 'sshd_config');
  writeFileSync(
    config,
    [
      `Port ${port}`,
      `ListenAddress ${address}`,
      ...lines,
      ...hostKeyFiles.map((file) => `HostKey ${file}`),
      `AuthorizedKeysFile ${keyFile}.pub`,
      'PermitRootLogin prohibit-password',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'UsePAM no',
      'StrictModes no',
      'PidFile none',
      // Not the .bashrc of whoever runs the tests.
      `SetEnv HOME=${directory}`,
    ].join('\n'),
  );
  // sshd reads the authorized keys as the user who logs in.
  chmodSync(directory, 0o755);
  mkdirSync('/run/sshd', { recursive: true });
  const sshd = spawn('/usr/sbin/sshd', ['-D', '-f', config], { stdio: 'ignore' });
  const ended = once(sshd, 'exit');
  await waitFor('sshd', 20, () => answers(address, port));
  return {
    directory,
    pid: sshd.pid ?? 0,
    user: userInfo().username,
    address,
    port,
    keyFile,
    hostKeys: hostKeyFiles.map((file) =>
      readFileSync(`${file}.pub`, 'utf8').split(' ').slice(0, 2).join(' '),
    ),
    stop: async () => {
      sshd.kill();
      await ended;
      rmSync(directory, { recursive: true });
    },
  };
}

/** Makes a key pair without a passphrase. */
export async function newKey(file: string, type: string, passphrase = ''): Promise<void> {
  await must('ssh-keygen', ['-q', '-t', type, '-N', passphrase, '-C', '', '-f', file]);
}

function answers(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address);
    socket.once('data', () => resolve(true)).once('error', () => resolve(false));
    socket.once('data', () => socket.destroy());
  });
}
