import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { must } from '../cloud/run';
import { step } from './commands';
import { cellNames, configuration, serviceDatabaseUser, type Site } from './site';

const databases = [
  ...['nova_api', 'nova_cell0', ...cellNames.map((cell) => `nova_${cell}`)],
  ...['placement', 'keystone', 'glance', 'neutron', 'cinder'],
];

/** Empty databases for all services, on a server that everything will connect to. */
export async function createDatabases({ database, passwords }: Site): Promise<void> {
  const user = `${serviceDatabaseUser}@'127.0.0.1'`;
  await database.sql(
    [
      `CREATE USER ${user} IDENTIFIED BY '${passwords.database}'`,
      ...databases.map((name) => `CREATE DATABASE ${name} CHARACTER SET utf8mb3`),
      ...databases.map((name) => `GRANT ALL ON ${name}.* TO ${user}`),
      'SET GLOBAL max_connections = 1000',
      'SET GLOBAL innodb_buffer_pool_size = 256 * 1024 * 1024',
      // nobody needs these rows after a crash, and every migration would wait for the disk
      'SET GLOBAL innodb_flush_log_at_trx_commit = 0',
    ].join(';\n'),
  );
}

/**
 * The tables of all services, as the migrations of the installed packages make them. That is most of the work of a
 * start, so it is done once for each set of package versions and then loaded from a dump.
 */
export async function createTables(site: Site): Promise<void> {
  const client = [`--no-defaults`, `--socket=${site.database.socketPath}`];
  const cache = await cacheFile();
  if (existsSync(cache)) {
    await must('mariadb', client, readFileSync(cache, 'utf8'));
    return;
  }
  await migrate(site);
  const dump = await must('mariadb-dump', [...client, '--single-transaction', '--databases', ...databases]);
  const part = `${cache}.${process.pid}`;
  writeFileSync(part, dump);
  renameSync(part, cache);
}

async function migrate(site: Site): Promise<void> {
  const sync = (program: string, config: string, ...args: string[]): Promise<string> =>
    step(site.directory, program, `/usr/bin/${program}`, [
      `--config-file=${configuration(site, config)}`,
      ...args,
    ]);
  const nova = async (): Promise<void> => {
    await sync('nova-manage', 'nova.conf', 'api_db', 'sync');
    for (const file of ['nova.conf', ...cellNames.map((cell) => `nova-${cell}.conf`)]) {
      await sync('nova-manage', file, 'db', 'sync', '--local_cell');
    }
  };
  const others = async (): Promise<void> => {
    await sync('neutron-db-manage', 'neutron.conf', 'upgrade', 'heads');
    await sync('keystone-manage', 'keystone.conf', 'db_sync');
    await sync('placement-manage', 'placement.conf', 'db', 'sync');
    await sync('glance-manage', 'glance-api.conf', 'db_sync');
    await sync('cinder-manage', 'cinder.conf', 'db', 'sync');
  };
  await Promise.all([nova(), others()]);
}

async function cacheFile(): Promise<string> {
  const packages = ['nova', 'placement', 'keystone', 'glance', 'neutron', 'cinder'];
  const names = [...packages.map((name) => `python3-${name}`), 'mariadb-server'];
  const versions = await must('dpkg-query', ['-W', '-f', '${Package} ${Version}\n', ...names]);
  const key = createHash('sha256')
    .update([versions, ...databases].join('\n'))
    .digest('hex');
  const folder = resolve('.local/openstack');
  mkdirSync(folder, { recursive: true });
  return join(folder, `tables-${key.slice(0, 12)}.sql`);
}
