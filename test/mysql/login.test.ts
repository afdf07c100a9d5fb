import assert from 'node:assert/strict';
import type { TlsConfiguration } from '../../src/cloud/configuration';
import type { Connection } from '../../src/cloud/database/connection';
import { parseDatabaseUrl } from '../../src/cloud/database/databaseUrl';
import type { ConnectOptions } from '../../src/cloud/database/databaseLogin';
import { openConnection } from '../../src/cloud/database/openConnection';
import { demandOf } from '../../src/cloud/database/tls';
import { CancelledError } from '../../src/model/errors';
import { expectError } from '../integration/cloud/expectError';
import { startMysql, type Mysql } from './mysql';

const password = 's3cret-of-mysql';

describe('MySQL', () => {
  let mysql: Mysql;

  before(async () => {
    mysql = await startMysql();
    const accounts = ['caching_sha2_password', 'sha256_password'].map(
      (plugin) => `CREATE USER ${plugin}@'127.0.0.1' IDENTIFIED WITH ${plugin} BY '${password}';
                   GRANT ALL ON nova_api.* TO ${plugin}@'127.0.0.1';`,
    );
    await mysql.sql(`
      CREATE DATABASE nova_api; ${accounts.join('\n')}
      CREATE USER socketed@localhost IDENTIFIED BY '${password}'; GRANT ALL ON nova_api.* TO socketed@localhost;
      INSTALL PLUGIN auth_socket SONAME 'auth_socket.so';
      CREATE USER peer@localhost IDENTIFIED WITH auth_socket AS 'root'; GRANT ALL ON nova_api.* TO peer@localhost`);
  });

  after(() => mysql.stop());

  interface Opening extends ConnectOptions {
    readonly secret?: string;
    readonly settings?: TlsConfiguration;
  }

  function open(
    user: string,
    { secret = password, settings, ...options }: Opening = {},
  ): Promise<Connection> {
    const address = parseDatabaseUrl(`mysql://${user}:${secret}@127.0.0.1:${mysql.port}/nova_api`);
    return openConnection(address, { tls: demandOf(settings, address), ...options });
  }

  async function cipherOf(opening: Promise<Connection>): Promise<unknown> {
    const connection = await opening;
    const [row] = await connection.query("SHOW STATUS LIKE 'Ssl_cipher'");
    await connection.close();
    return row?.Value;
  }

  const overSocket = (user: string, secret = ''): Promise<Connection> =>
    openConnection(
      parseDatabaseUrl(`mysql://${user}:${secret}@localhost/nova_api?unix_socket=${mysql.socketPath}`),
    );

  for (const user of ['caching_sha2_password', 'sha256_password']) {
    describe(`lets in by ${user}`, () => {
      it('without TLS, the password encrypted with the key of the server', async () => {
        await mysql.sql('FLUSH PRIVILEGES');
        assert.equal(await cipherOf(open(user)), '');
        assert.equal(await cipherOf(open(user)), '');
      });

      it('with TLS', async () => {
        await mysql.sql('FLUSH PRIVILEGES');
        assert.match(String(await cipherOf(open(user, { settings: { mode: 'required' } }))), /./);
        const settings = { mode: 'verify-ca', ca: mysql.ca } as const;
        assert.match(String(await cipherOf(open(user, { settings }))), /./);
      });

      it('not with another password', async () => {
        for (const mode of ['off', 'required'] as const) {
          const opening = open(user, { secret: 'wr0ng', settings: { mode } });
          await expectError('refused-login', opening, 'wr0ng');
        }
      });
    });
  }

  it('lets in over a unix socket, by a password or by auth_socket', async () => {
    await mysql.sql('FLUSH PRIVILEGES');
    assert.equal(await cipherOf(overSocket('socketed', password)), '');
    assert.equal(await cipherOf(overSocket('peer')), '');
    await expectError('refused-login', overSocket('socketed'));
  });

  it('has a certificate of its own making, whose name is nobody', async () => {
    const settings = { mode: 'verify-identity', ca: mysql.ca } as const;
    await expectError('tls-failed', open('caching_sha2_password', { settings }), password);
  });

  it('may take encrypted connections only', async () => {
    await mysql.sql('SET GLOBAL require_secure_transport = ON');
    try {
      const error = await expectError('tls-failed', open('caching_sha2_password'), password);
      assert.match(error.action, /database\.tls/);
    } finally {
      await mysql.sql('SET GLOBAL require_secure_transport = OFF');
    }
  });

  it('keeps sessions for reading and for rehearsals from changing anything', async () => {
    await mysql.sql('CREATE TABLE nova_api.kept (id INT PRIMARY KEY)');
    const reading = await open('caching_sha2_password', { use: 'reading' });
    await expectError('read-only', reading.change('INSERT INTO kept VALUES (1)'));
    const rehearsal = await open('caching_sha2_password', { use: 'rehearsal' });
    await rehearsal.change('INSERT INTO kept VALUES (2)');
    await rehearsal.close();
    assert.deepEqual(await reading.query('SELECT COUNT(*) AS n FROM kept'), [{ n: 0 }]);
    await reading.close();
  });

  it('stops a statement that is cancelled', async () => {
    const connection = await open('caching_sha2_password');
    const stop = new AbortController();
    const slow = 'SELECT COUNT(*) FROM information_schema.columns a, information_schema.columns b';
    const waiting = connection.query(slow, [], stop.signal);
    setTimeout(() => stop.abort(), 200);
    await assert.rejects(waiting, CancelledError);
    assert.deepEqual(await connection.query('SELECT 1 AS one'), [{ one: 1 }]);
    await connection.close();
  });
});
