import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort, waitFor } from '../../../cloud/ports';
import { must } from '../../../cloud/run';

/** A real sshd on 127.0.0.1 that lets one key in. */
export interface SshServer {
  readonly directory: string;
  readonly pid: number;
  readonly user: string;
  readonly port: number;
  readonly keyFile: string;
  /** public host keys by type, `ssh-ed25519 AAAA...` */
  readonly hostKeys: readonly string[];
  stop(): Promise<void>;
}

export async function startSshServer(
  keyTypes: readonly string[] = ['ed25519'],
  /** more lines of its configuration */
  lines: readonly string[] = [],
): Promise<SshServer> {
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
      'ListenAddress 127.0.0.1',
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
      ...lines,
    ].join('\n'),
  );
  mkdirSync('/run/sshd', { recursive: true });
  const sshd = spawn('/usr/sbin/sshd', ['-D', '-f', config], { stdio: 'ignore' });
  const ended = once(sshd, 'exit');
  await waitFor('sshd', 20, () => answers(port));
  return {
    directory,
    pid: sshd.pid ?? 0,
    user: userInfo().username,
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

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => resolve(true)).once('error', () => resolve(false));
    socket.once('data', () => socket.destroy());
  });
}
