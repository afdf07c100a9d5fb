import assert from 'node:assert/strict';
import type { Connection } from '../../../../src/cloud/database/connection';
import { openConnection } from '../../../../src/cloud/database/openConnection';
import { CancelledError } from '../../../../src/model/errors';
import { waitFor } from '../../../cloud/ports';
import { startSilentServer } from './silentServer';
import { testDatabase, type TestDatabase } from './testDatabase';

describe('cancelling a statement of MariaDB', () => {
  let database: TestDatabase;
  let connection: Connection;

  before(async () => {
    database = await testDatabase();
    connection = await openConnection(database.address());
  });

  after(() => connection.close());

  /** What the server says its sessions are doing. */
  async function running(): Promise<string[]> {
    const rows = await database.sql("SELECT info FROM information_schema.processlist WHERE user = 'nova'");
    return rows.flat();
  }

  const slow = "SELECT /* slow */ COUNT(*) AS n FROM seq_1_to_100000000 a WHERE MD5(a.seq) = ''";

  async function cancelOnceRunning(start: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
    const stop = new AbortController();
    const started = start(stop.signal);
    while (!(await running()).some((info) => info.includes('/* slow */'))) {
      await Promise.race([pause(), started.then(() => assert.fail('it was done too soon'))]);
    }
    stop.abort();
    await assert.rejects(started, CancelledError);
    // The server answers a moment before it forgets the statement.
    const ended = async (): Promise<boolean> =>
      !(await running()).some((info) => info.includes('/* slow */'));
    await waitFor('the end of the statement on the server', 2, ended);
    assert.deepEqual(await connection.query('SELECT 1 AS one'), [{ one: 1 }]);
  }

  it('kills a query on the server', () => cancelOnceRunning((signal) => connection.query(slow, [], signal)));

  it('kills a stream on the server', () =>
    cancelOnceRunning((signal) => connection.stream(slow, [], () => undefined, signal)));

  it('kills a change on the server', async () => {
    await connection.change('CREATE TABLE copied (n BIGINT)');
    await cancelOnceRunning((signal) => connection.change(`INSERT INTO copied ${slow}`, signal));
    assert.deepEqual(await connection.query('SELECT COUNT(*) AS n FROM copied'), [{ n: 0 }]);
  });

  it('sends nothing when it was cancelled before', async () => {
    await connection.change('CREATE TABLE untouched (id INT)');
    const cancelled = AbortSignal.abort();
    await assert.rejects(connection.change('DROP TABLE untouched', cancelled), CancelledError);
    assert.deepEqual(await connection.query('SELECT id FROM untouched'), []);
  });

  it('keeps the answer of a statement that was done before the kill came', async () => {
    const stop = new AbortController();
    const done = connection.query('SELECT 2 AS two', [], stop.signal);
    await done;
    stop.abort();
    assert.deepEqual(await connection.query('SELECT 3 AS three'), [{ three: 3 }]);
  });

  it('gives up a connection that is being made', async () => {
    const silent = await startSilentServer();
    const stop = new AbortController();
    const opening = openConnection(database.address({ password: 'x', port: silent.port }), {
      signal: stop.signal,
    });
    setImmediate(() => stop.abort());
    await assert.rejects(opening, CancelledError);
    silent.stop();
  });
});

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
