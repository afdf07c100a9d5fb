import {
  authUrl,
  cellNames,
  brokerUrl,
  configuration,
  connectionTo,
  region,
  serviceDatabaseUser,
} from './site';
import type { Site } from './site';
import { step } from './commands';

const novaDatabases = ['nova_api', 'nova_cell0', ...cellNames.map((cell) => `nova_${cell}`)];
const otherDatabases = ['placement', 'keystone', 'glance', 'neutron', 'cinder'];

/** Empty databases for all services, on a server that everything will connect to. */
export async function createDatabases({ database, passwords }: Site): Promise<void> {
  const user = `${serviceDatabaseUser}@'127.0.0.1'`;
  const names = [...novaDatabases, ...otherDatabases];
  await database.sql(
    [
      `CREATE USER ${user} IDENTIFIED BY '${passwords.database}'`,
      ...names.map((name) => `CREATE DATABASE ${name} CHARACTER SET utf8mb3`),
      ...names.map((name) => `GRANT ALL ON ${name}.* TO ${user}`),
      'SET GLOBAL max_connections = 1000',
      'SET GLOBAL innodb_buffer_pool_size = 256 * 1024 * 1024',
      // nobody needs these rows after a crash, and every migration would wait for the disk
      'SET GLOBAL innodb_flush_log_at_trx_commit = 0',
    ].join(';\n'),
  );
}

/** Keystone's tables and keys, the administrator, and the entry of Keystone itself in the catalogue. */
export async function prepareKeystone(site: Site): Promise<void> {
  const manage = (...args: string[]): Promise<string> =>
    step(site.directory, 'keystone-manage', '/usr/bin/keystone-manage', [
      `--config-file=${configuration(site, 'keystone.conf')}`,
      ...args,
    ]);
  const asRoot = ['--keystone-user=root', '--keystone-group=root'];
  await Promise.all([
    manage('db_sync'),
    manage('fernet_setup', ...asRoot),
    manage('credential_setup', ...asRoot),
  ]);
  await manage(
    'bootstrap',
    `--bootstrap-password=${site.passwords.admin}`,
    ...['admin', 'internal', 'public'].map((face) => `--bootstrap-${face}-url=${authUrl(site)}`),
    `--bootstrap-region-id=${region}`,
  );
}

/** Nova's databases as its own tools make them, and the mappings of cell0 and the cells. */
export async function prepareNova(site: Site): Promise<void> {
  const manage = (file: string, ...args: string[]): Promise<string> =>
    step(site.directory, 'nova-manage', '/usr/bin/nova-manage', [
      `--config-file=${configuration(site, file)}`,
      ...args,
    ]);
  await manage('nova.conf', 'api_db', 'sync');
  await manage(
    'nova.conf',
    ...['cell_v2', 'map_cell0', `--database_connection=${connectionTo(site, 'nova_cell0')}`],
  );
  await manage('nova.conf', 'db', 'sync', '--local_cell');
  for (const cell of cellNames) {
    await manage(`nova-${cell}.conf`, 'db', 'sync', '--local_cell');
    await manage(
      'nova.conf',
      ...['cell_v2', 'create_cell', `--name=${cell}`],
      `--database_connection=${connectionTo(site, `nova_${cell}`)}`,
      `--transport-url=${brokerUrl(site, cell)}`,
    );
  }
}

export async function prepareOthers(site: Site): Promise<void> {
  const sync = (name: string, config: string, ...args: string[]): Promise<string> =>
    step(site.directory, name, `/usr/bin/${name}`, [`--config-file=${configuration(site, config)}`, ...args]);
  await sync('neutron-db-manage', 'neutron.conf', 'upgrade', 'heads');
  await sync('placement-manage', 'placement.conf', 'db', 'sync');
  await sync('glance-manage', 'glance-api.conf', 'db_sync');
  await sync('cinder-manage', 'cinder.conf', 'db', 'sync');
}
