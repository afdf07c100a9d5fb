import assert from 'node:assert/strict';
import type { Connection, SessionUse } from '../../../../src/cloud/database/connection';
import { openConnection } from '../../../../src/cloud/database/openConnection';
import { expectError } from '../expectError';
import { openDoors } from '../doors';
import { startSshServer, type SshServer } from '../ssh/sshServer';
import { testDatabase, type TestDatabase } from './testDatabase';

describe('a session of MariaDB', () => {
  let database: TestDatabase;
  let server: SshServer;

  before(async () => {
    [database, server] = await Promise.all([testDatabase(), startSshServer()]);
    await database.sql('CREATE TABLE nova_test.kept (id INT PRIMARY KEY) ENGINE=InnoDB');
  });

  after(() => server.stop());

  const rows = async (): Promise<string[]> => (await database.sql('SELECT id FROM nova_test.kept')).flat();

  async function using<T>(use: SessionUse, work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = await openConnection(database.address(), { use });
    try {
      return await work(connection);
    } finally {
      await connection.close();
    }
  }

  const changes = [
    'INSERT INTO kept VALUES (1)',
    'DELETE FROM kept',
    'UPDATE kept SET id = 2',
    'TRUNCATE TABLE kept',
    'CREATE TABLE made (id INT)',
  ];

  it('for reading refuses every change, in and outside of a transaction', async () => {
    await using('reading', async (connection) => {
      for (const begin of [undefined, 'START TRANSACTION', 'START TRANSACTION WITH CONSISTENT SNAPSHOT']) {
        for (const change of changes) {
          if (begin !== undefined) await connection.change(begin);
          const error = await expectError('read-only', connection.change(change), database.password);
          assert.match(error.action, /Nothing was changed.*readOnly/);
          await connection.change('ROLLBACK');
        }
      }
      assert.deepEqual(await connection.query('SELECT COUNT(*) AS n FROM kept'), [{ n: 0 }]);
    });
  });

  it('for a rehearsal keeps nothing that was not committed', async () => {
    await using('rehearsal', async (connection) => {
      assert.deepEqual(await connection.change('INSERT INTO kept VALUES (3)'), { affectedRows: 1 });
    });
    assert.deepEqual(await rows(), []);
  });

  it('for changes keeps them', async () => {
    await using('changes', (connection) => connection.change('INSERT INTO kept VALUES (4)'));
    assert.deepEqual(await rows(), ['4']);
    await database.sql('DELETE FROM nova_test.kept');
  });

  it('of a read-only cloud is for reading, whichever database it is of, but for a rehearsal', async () => {
    const url = `mysql://nova@127.0.0.1:${database.port}/nova_test`;
    const settings = { apiDatabase: url, placementDatabase: url, readOnly: true };
    const { access } = openDoors(server, settings, () => database.password);
    const cell = { uuid: '8f0c6a5e-0000-4000-8000-000000000001', id: 2, name: 'cell1', disabled: false };
    const withPassword = url.replace('nova@', `nova:${database.password}@`);
    const openCell = (use?: SessionUse): Promise<Connection> =>
      access.openCell({ ...cell, url: withPassword }, undefined, use);
    for (const opening of [access.openApi(), access.openPlacement(), openCell(), openCell('changes')]) {
      const connection = await opening;
      await expectError('read-only', connection.change('INSERT INTO kept VALUES (5)'));
      await connection.close();
    }
    for (const opening of [access.openApi(undefined, 'rehearsal'), openCell('rehearsal')]) {
      const connection = await opening;
      await connection.change('INSERT INTO kept VALUES (5)');
      await connection.close();
    }
    assert.deepEqual(await rows(), []);
  });
});
