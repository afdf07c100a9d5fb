import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { freePort, waitFor } from '../cloud/ports';
import { startProcess, stopProcesses } from '../cloud/processes';
import { must } from '../cloud/run';
import { local } from '../setup/places.mjs';

/** A MySQL of its own on 127.0.0.1; root comes over the socket. */
export interface Mysql {
  readonly port: number;
  readonly socketPath: string;
  /** the authority that MySQL made at its first start */
  readonly ca: string;
  sql(statement: string): Promise<void>;
  stop(): Promise<void>;
}

/** Started by the loader that came with it, as its C library is not that of this system. */
export async function startMysql(): Promise<Mysql> {
  const root = local('mysql');
  const directory = mkdtempSync(join(tmpdir(), 'openstack-zombies-mysql-'));
  const data = join(directory, 'data');
  const socketPath = join(directory, 'mysql.sock');
  const libraries = join(root, 'usr/lib/x86_64-linux-gnu');
  const loader = join(libraries, 'ld-linux-x86-64.so.2');
  const server = [
    ...['--library-path', libraries, join(root, 'usr/sbin/mysqld'), '--no-defaults', '--user=root'],
    ...[`--basedir=${join(root, 'usr')}`, `--datadir=${data}`, `--tmpdir=${directory}`],
    `--lc-messages-dir=${join(root, 'usr/share/mysql')}`,
    `--character-sets-dir=${join(root, 'usr/share/mysql/charsets')}`,
    `--plugin-dir=${join(root, 'usr/lib/mysql/plugin')}`,
    ...['--innodb-redo-log-capacity=8M', '--innodb-buffer-pool-size=32M', '--performance-schema=OFF'],
  ];
  await must(loader, [...server, '--initialize-insecure']);
  const port = await freePort();
  const listening = [`--port=${port}`, '--bind-address=127.0.0.1', `--socket=${socketPath}`];
  const rest = [
    '--mysqlx=OFF',
    '--skip-log-bin',
    '--secure-file-priv=NULL',
    `--pid-file=${join(directory, 'mysqld.pid')}`,
  ];
  startProcess(directory, { name: 'mysqld', file: loader, args: [...server, ...listening, ...rest] });
  const sql = async (statement: string): Promise<void> => {
    const connection = await createConnection({ socketPath, user: 'root', multipleStatements: true });
    await connection.query(statement).finally(() => connection.end());
  };
  await waitFor('MySQL', 60, () =>
    sql('SELECT 1').then(
      () => true,
      () => false,
    ),
  );
  return {
    port,
    socketPath,
    ca: join(data, 'ca.pem'),
    sql,
    stop: async () => {
      await stopProcesses(directory);
      rmSync(directory, { recursive: true });
    },
  };
}
