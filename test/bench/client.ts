import { spawn } from 'node:child_process';
import type { Database } from '../cloud/database/mariadb';

/** The mariadb client reads a result row by row and throws it away, over the same kind of connection as the product. */
export async function readByClient(
  { port, user, password }: Database,
  schema: string,
  sql: string,
): Promise<void> {
  const args = [
    ...['--no-defaults', '--quick', '--batch', '-N', '--host=127.0.0.1', `--port=${port}`, `--user=${user}`],
    ...[schema, `--execute=${sql}`],
  ];
  const child = spawn('mariadb', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, MYSQL_PWD: password },
  });
  const code = await new Promise((resolve) => child.on('error', resolve).on('close', resolve));
  if (code !== 0) throw new Error(`mariadb ended with ${String(code)}: ${sql}`);
}
