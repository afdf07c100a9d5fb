import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { must } from '../run';

/** Makes the data directory of a new server. */
export async function install(data: string): Promise<void> {
  await must('mariadb-install-db', [
    '--no-defaults',
    `--datadir=${data}`,
    // what lies in a shared one is deleted by every server that starts
    `--tmpdir=${data}`,
    '--auth-root-authentication-method=socket',
    `--auth-root-socket-user=${userInfo().username}`,
    '--skip-test-db',
    ...asRoot(),
  ]);
}

export function serverOptions(data: string, socketPath: string, port: number): string[] {
  return [
    '--no-defaults',
    `--datadir=${data}`,
    `--tmpdir=${data}`,
    `--socket=${socketPath}`,
    `--pid-file=${join(data, 'mariadbd.pid')}`,
    '--bind-address=127.0.0.1',
    `--port=${port}`,
    '--skip-name-resolve',
    '--skip-log-bin',
    '--character-set-server=utf8mb3',
    '--innodb-flush-log-at-trx-commit=1',
    '--innodb-buffer-pool-size=64M',
    '--innodb-log-file-size=32M',
    '--key-buffer-size=1M',
    '--aria-pagecache-buffer-size=8M',
    '--performance-schema=OFF',
    // a test looks at everything that was planted at once
    '--max-connections=500',
    ...asRoot(),
  ];
}

function asRoot(): string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : [];
}

export function serverBinary(): string {
  const found = ['/usr/sbin/mariadbd', '/usr/libexec/mariadbd'].find((path) => existsSync(path));
  return found ?? 'mariadbd';
}

/** A socket's path may have 107 bytes at most, and checkouts can lie deep. */
export function socketIn(directory: string): string {
  const own = join(directory, 'mariadb.sock');
  return Buffer.byteLength(own) <= 107
    ? own
    : join(tmpdir(), `zombies-${randomBytes(6).toString('hex')}.sock`);
}
