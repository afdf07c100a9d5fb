import { spawn } from 'node:child_process';
import { readFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Database } from '../../cloud/database/mariadb';
import { plainEnvironment } from '../../cloud/processes';
import { must, run } from '../../cloud/run';
import { timed } from '../compare';
import type { BareOrder, Order, Purged } from './order';
import { apiSchema, apiTable, cellSchema, cellTables } from './population';

/** The product drafts the plan and runs it. */
export async function byProduct({ port, user, password }: Database, folder: string): Promise<Purged> {
  rmSync(folder, { recursive: true, force: true });
  const order: Order = { apiUrl: `mysql://${user}@127.0.0.1:${port}/${apiSchema}`, password, folder };
  return JSON.parse(await inProcess('purgeProcess.ts', order)) as Purged;
}

/** The deletes of the product's last plan, bare. Gives seconds. */
export async function bare({ host, port, user, password }: Database, folder: string): Promise<number> {
  const plan = readFileSync(join(folder, 'plan.cleanup.sql'), 'utf8');
  const order: BareOrder = { host, port, user, password, plan };
  return Number(await inProcess('bareProcess.ts', order));
}

/** Archives into the shadow tables, as only from there Nova deletes, and purges these. Gives seconds. */
export function byNovaManage({ port, user, password }: Database, folder: string): Promise<number> {
  const url = `mysql+pymysql://${user}:${password}@127.0.0.1:${port}`;
  const file = join(folder, 'nova.conf');
  writeFileSync(
    file,
    [
      ...[`[DEFAULT]`, `state_path = ${folder}`, `log_file = ${join(folder, 'nova-manage.log')}`],
      ...['[api_database]', `connection = ${url}/${apiSchema}`],
      ...['[database]', `connection = ${url}/${cellSchema}`, ''],
    ].join('\n'),
    { mode: 0o600 },
  );
  const manage = async (...words: readonly string[]): Promise<void> => {
    const variables = Object.entries(plainEnvironment).map(([name, value]) => `${name}=${value}`);
    const command = ['-i', ...variables, '/usr/bin/nova-manage', `--config-file=${file}`, 'db', ...words];
    const { code, stdout, stderr } = await run('/usr/bin/env', command);
    // 1 says that something was archived
    if (code > 1) throw new Error(`nova-manage ${words.join(' ')} ended with ${code}: ${stderr || stdout}`);
  };
  return timed(async () => {
    await manage('archive_deleted_rows', '--until-complete');
    await manage('purge', '--all');
  })();
}

/** Table by table into files, children first. Gives seconds. */
export function byArchiver({ port, user, password }: Database, folder: string): Promise<number> {
  const login = join(folder, 'client.cnf');
  writeFileSync(login, `[client]\nuser=${user}\npassword=${password}\n`, { mode: 0o600 });
  const files = join(folder, 'archived');
  rmSync(files, { recursive: true, force: true });
  mkdirSync(files);
  const options = [
    ...['--where', '1=1', '--limit', '1000', '--commit-each', '--bulk-delete', '--buffer'],
    ...['--no-check-charset', '--nosafe-auto-increment', '--sentinel', join(folder, 'sentinel')],
  ];
  return timed(async () => {
    const tables = cellTables.map((table) => ({ schema: cellSchema, table }));
    for (const { schema, table } of [...tables, { schema: apiSchema, table: apiTable }]) {
      const source = `F=${login},h=127.0.0.1,P=${port},D=${schema},t=${table}`;
      await must('pt-archiver', ['--source', source, '--file', join(files, table), ...options]);
    }
  })();
}

async function inProcess(file: string, order: unknown): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, file)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(order));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const output = await text(child.stdout);
  if ((await ended) !== 0) throw new Error(`${file} failed`);
  return output;
}
