import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { freePort, waitFor } from '../ports';
import { run } from '../run';
import { startProcess, stopProcesses } from '../processes';
import { query } from './query';
import { install, serverBinary, serverOptions, socketIn } from './server';

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
  /** go on with the data of an earlier start */
  readonly keep?: boolean;
}): Promise<Database> {
  const directory = resolve(options.directory);
  await stopProcesses(directory, ['mariadbd']);
  const data = join(directory, 'mariadb');
  const socketPath = socketIn(directory);
  if (options.keep !== true) {
    rmSync(data, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
    await install(data);
  }
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
    CREATE OR REPLACE USER nova@'127.0.0.1' IDENTIFIED BY '${password}';
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
