import assert from 'node:assert/strict';
import type { Connection } from '../../../../src/cloud/database/connection';
import { serverErrno } from '../../../../src/cloud/database/databaseErrors';
import { parseDatabaseUrl } from '../../../../src/cloud/database/databaseUrl';
import { openConnection } from '../../../../src/cloud/database/openConnection';
import { expectError } from '../expectError';
import { startSilentServer } from './silentServer';
import { testDatabase, type TestDatabase } from './testDatabase';

describe('an error of MariaDB', () => {
  let database: TestDatabase;
  let connection: Connection;

  before(async () => {
    database = await testDatabase();
    connection = await openConnection(database.address());
  });

  after(() => connection.close());

  it('says who was refused', async () => {
    const error = await expectError(
      'refused-login',
      openConnection(database.address({ password: 'wr0ng' })),
      'wr0ng',
    );
    assert.match(error.action, new RegExp(`nova@127.0.0.1:${database.port}`));
  });

  it('says which database is not there', async () => {
    const error = await expectError(
      'no-such-database',
      openConnection(database.address({ schema: 'nova_nowhere' })),
    );
    assert.match(error.message, /nova_nowhere/);
  });

  it('says what the user may not see', async () => {
    await expectError('permission-denied', openConnection(database.address({ schema: 'mysql' })));
    await expectError('permission-denied', connection.query('SELECT * FROM mysql.user'));
  });

  it('says which table is missing, and gives the number of the server', async () => {
    const error = await expectError('table-missing', connection.query('SELECT * FROM instances'));
    assert.match(error.message, /nova_test\.instances/);
    assert.equal(serverErrno(error), 1146);
  });

  it('says that nobody listens there', async () => {
    await expectError(
      'unreachable',
      openConnection(database.address({ password: 's3cret', port: 1 })),
      's3cret',
    );
    const unknown = parseDatabaseUrl('mysql://nova:s3cret@no-such-host.invalid/nova_test');
    await expectError('unreachable', openConnection(unknown), 's3cret');
  });

  it('does not wait for a server that never speaks', async () => {
    const silent = await startSilentServer();
    const opening = openConnection(database.address({ password: 's3cret', port: silent.port }), {
      timeoutMs: 200,
    });
    await expectError('timed-out', opening, 's3cret');
    silent.stop();
  });

  for (const what of ['query', 'stream'] as const) {
    it(`tells of a connection that is lost during a ${what}`, async () => {
      const own = await openConnection(database.address());
      const [row] = await own.query('SELECT CONNECTION_ID() AS id');
      const waiting =
        what === 'query'
          ? own.query('SELECT SLEEP(60)')
          : own.stream('SELECT SLEEP(60)', [], () => undefined);
      const lost = expectError('unreachable', waiting);
      await connection.change(`KILL CONNECTION ${String(row?.id)}`);
      await lost;
      await expectError('unreachable', own.query('SELECT 1'));
      await own.close();
    });
  }

  it('gives the number that the server has for an unmet guard, a foreign key and a lock', async () => {
    const guard = await expectError('command-failed', connection.query('SELECT ~0 + 1'));
    assert.equal(serverErrno(guard), 1690);
    await connection.change('CREATE TABLE parents (id INT PRIMARY KEY)');
    await connection.change('CREATE TABLE children (id INT, FOREIGN KEY (id) REFERENCES parents (id))');
    await connection.change('INSERT INTO parents VALUES (1)');
    await connection.change('INSERT INTO children VALUES (1)');
    const child = await expectError('command-failed', connection.change('DELETE FROM parents'));
    assert.equal(serverErrno(child), 1451);
    await connection.change('SET innodb_lock_wait_timeout = 1');
    const holder = await openConnection(database.address());
    await holder.change('START TRANSACTION');
    await holder.change('DELETE FROM children');
    const waiting = await expectError('busy', connection.change('DELETE FROM children'));
    assert.equal(serverErrno(waiting), 1205);
    await holder.close();
  });
});
