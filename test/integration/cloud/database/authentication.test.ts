import assert from 'node:assert/strict';
import { parseDatabaseUrl } from '../../../../src/cloud/database/databaseUrl';
import { openConnection } from '../../../../src/cloud/database/openConnection';
import { expectError } from '../expectError';
import { testDatabase, type TestDatabase } from './testDatabase';

describe('logging in at MariaDB', () => {
  let database: TestDatabase;

  before(async () => {
    database = await testDatabase();
  });

  for (const [plugin, library, using, asked] of [
    ['ed25519', 'auth_ed25519', "USING PASSWORD('s3cret')", 'client_ed25519'],
    ['pam', 'auth_pam', "USING 'other'", 'dialog'],
  ] as const) {
    it(`says that ${plugin} is not supported, and what is`, async () => {
      await database.sql(`
        INSTALL SONAME '${library}';
        CREATE USER by_${plugin}@'127.0.0.1' IDENTIFIED VIA ${plugin} ${using}`);
      const url = `mysql://by_${plugin}:s3cret@127.0.0.1:${database.port}/nova_test`;
      const error = await expectError('bad-configuration', openConnection(parseDatabaseUrl(url)), 's3cret');
      assert.match(error.message, new RegExp(`by_${plugin}@.* by ${asked}, which is not supported`));
      assert.match(error.action, /mysql_native_password.*ALTER USER/);
    });
  }

  it('takes the first of several ways that is supported', async () => {
    await database.sql(`
      CREATE USER either@'127.0.0.1' IDENTIFIED VIA unix_socket OR mysql_native_password USING PASSWORD('s3cret');
      GRANT ALL ON nova_test.* TO either@'127.0.0.1'`);
    const url = `mysql://either:s3cret@127.0.0.1:${database.port}/nova_test`;
    const connection = await openConnection(parseDatabaseUrl(url));
    assert.deepEqual(await connection.query('SELECT 1 AS one'), [{ one: 1 }]);
    await connection.close();
  });
});
