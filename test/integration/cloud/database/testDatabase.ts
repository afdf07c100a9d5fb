import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDatabaseUrl, type DatabaseAddress } from '../../../../src/cloud/database/databaseUrl';
import { startDatabase, type Database } from '../../../cloud/database/mariadb';

/** A MariaDB with an empty schema `nova_test`, for all tests of connections. */
export interface TestDatabase extends Database {
  address(changes?: { schema?: string; password?: string; port?: number }): DatabaseAddress;
}

let started: Promise<TestDatabase> | undefined;

export function testDatabase(): Promise<TestDatabase> {
  started ??= start();
  return started;
}

async function start(): Promise<TestDatabase> {
  const database = await startDatabase({ directory: mkdtempSync(join(tmpdir(), 'openstack-zombies-db-')) });
  await database.sql('CREATE DATABASE nova_test CHARACTER SET utf8mb4');
  return {
    ...database,
    address: ({ schema = 'nova_test', password = database.password, port = database.port } = {}) =>
      parseDatabaseUrl(`mysql+pymysql://nova:${encodeURIComponent(password)}@127.0.0.1:${port}/${schema}`),
  };
}

after('stop the database of the connection tests', async () => {
  const database = await started;
  if (!database) return;
  await database.stop();
  rmSync(database.directory, { recursive: true });
});
