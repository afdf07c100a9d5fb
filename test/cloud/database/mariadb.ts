import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { tmpdir, userInfo } from 'node:os';
import { randomBytes } from 'node:crypto';
import { freePort, waitFor } from '../ports';
import { must, run } from '../run';
import { startProcess, stopProcesses } from '../processes';
import { query } from './query';

/** A MariaDB of its own: user `nova` comes over TCP with the password, root over the socket without one. */
export interface Database {
  readonly directory: string;
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly socketPath: string;
  readonly user: 'nova';
  readonly password: string;
  /** Runs statements as root and gives the rows of the last one as text, NULL as `NULL`. */
  sql(statement: string, database?: string): Promise<string[][]>;
  stop(): Promise<void>;
}

/** Starts MariaDB on a free port of 127.0.0.1 with its data, socket, log and pid file under `directory`. */
export async function startDatabase(options: {
  readonly directory: string;
  /** more options of the server */
  readonly args?: readonly string[];
}): Promise<Database> {
  const directory = resolve(options.directory);
  await stopProcesses(directory, ['mariadbd']);
  const data = join(directory, 'mariadb');
  const socketPath = socketIn(directory);
  rmSync(data, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  await install(data);
  const port = await freePort();
  startProcess(directory, {
    name: 'mariadbd',
    file: serverBinary(),
    args: [...serverOptions(data, socketPath, port), ...(options.args ?? [])],
  });
  await waitFor('MariaDB', 60, async () => {
    const ping = await run('mariadb-admin', ['--no-defaults', `--socket=${socketPath}`, 'ping']);
    return ping.code === 0;
  });
  const password = randomBytes(12).toString('base64url');
  const sql = (statement: string, database?: string): Promise<string[][]> =>
    query(socketPath, statement, database);
  await sql(`
    CREATE USER nova@'127.0.0.1' IDENTIFIED BY '${password}';
    GRANT ALL ON \`nova%\`.* TO nova@'127.0.0.1';
    GRANT ALL ON \`placement%\`.* TO nova@'127.0.0.1';`);
  return {
    directory,
    host: '127.0.0.1',
    port,
    socketPath,
    user: 'nova',
    password,
    sql,
    stop: async () => {
      await stopProcesses(directory, ['mariadbd']);
      rmSync(socketPath, { force: true });
    },
  };
}

async function install(data: string): Promise<void> {
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

function serverOptions(data: string, socketPath: string, port: number): string[] {
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

function serverBinary(): string {
  const found = ['/usr/sbin/mariadbd', '/usr/libexec/mariadbd'].find((path) => existsSync(path));
  return found ?? 'mariadbd';
}

/** A socket's path may have 107 bytes at most, and checkouts can lie deep. */
function socketIn(directory: string): string {
  const own = join(directory, 'mariadb.sock');
  return Buffer.byteLength(own) <= 107
    ? own
    : join(tmpdir(), `zombies-${randomBytes(6).toString('hex')}.sock`);
}
