import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '../../../../src/cloud/database/connection';
import { parseDatabaseUrl } from '../../../../src/cloud/database/databaseUrl';
import { dialDirect, type Dial } from '../../../../src/cloud/database/dial';
import { dialThrough } from '../../../../src/cloud/database/dialThrough';
import { openConnection } from '../../../../src/cloud/database/openConnection';
import { CancelledError } from '../../../../src/model/errors';
import { startDatabase, type Database } from '../../../cloud/database/mariadb';
import { waitFor } from '../../../cloud/ports';
import { expectError } from '../expectError';
import { sessionsOf } from '../ssh/sessions';
import { shellTarget } from '../ssh/shellTarget';
import { startSshServer, type SshServer } from '../ssh/sshServer';
import { startSilentServer, type SilentServer } from './silentServer';

describe('a way through SSH that hangs', () => {
  let database: Database;
  let server: SshServer;
  let silent: SilentServer;
  let directory: string;

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'openstack-zombies-hangs-'));
    [database, server, silent] = await Promise.all([
      startDatabase({ directory }),
      startSshServer(),
      startSilentServer(),
    ]);
    await database.sql('CREATE DATABASE nova_api');
  });

  after(async () => {
    silent.stop();
    await Promise.all([database.stop(), server.stop()]);
    rmSync(directory, { recursive: true });
  });

  /** @param config more lines of its ssh_config */
  function dialer(config = ''): Dial {
    const { shells, host } = shellTarget(server, {
      trustHostKey: () => Promise.resolve(true),
      config: `ConnectTimeout 2\n${config}`,
    });
    return dialThrough('controller-01', () => shells.tunnel(host), 1_000);
  }

  function open(dial: Dial, port = database.port, more: { signal?: AbortSignal } = {}): Promise<Connection> {
    const url = `mysql://nova:${database.password}@127.0.0.1:${port}/nova_api`;
    return openConnection(parseDatabaseUrl(url), { dial, timeoutMs: 1_000, ...more });
  }

  /** Stops the processes, as SIGSTOP does: their connections stay and say no more. */
  async function frozen<T>(pids: readonly number[], work: () => Promise<T>): Promise<T> {
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    try {
      return await work();
    } finally {
      for (const pid of pids) process.kill(pid, 'SIGCONT');
    }
  }

  it('does not wait for a database that never speaks', async () => {
    await expectError('timed-out', open(dialer(), silent.port), database.password);
  });

  it('gives up a database that never speaks when it is cancelled', async () => {
    const stop = new AbortController();
    const dial = dialer();
    const other = await open(dial);
    setTimeout(() => stop.abort(), 500);
    await assert.rejects(open(dial, silent.port, { signal: stop.signal }), CancelledError);
    await waitFor('the end of the stream', 2, () => Promise.resolve(silent.connections() === 0));
    await other.close();
  });

  it('does not wait for an sshd that hangs before the login', async () => {
    const error = await frozen([server.pid], () =>
      expectError('timed-out', open(dialer()), database.password),
    );
    assert.match(error.message, /leads through controller-01/);
  });

  it('ends a query, and every later one, when sshd hangs', async () => {
    const connection = await open(dialer('ServerAliveInterval 1'));
    await frozen(await sessionsOf(server), async () => {
      await expectError('unreachable', connection.query('SELECT 1'), database.password);
      await expectError('unreachable', connection.query('SELECT 1'));
      await connection.close();
    });
  });

  it('does not wait for a channel that an sshd that hangs should open, and cancels that too', async () => {
    const dial = dialer();
    const connection = await open(dial);
    await frozen(await sessionsOf(server), async () => {
      const stop = new AbortController();
      const cancelled = assert.rejects(open(dial, database.port, { signal: stop.signal }), CancelledError);
      setTimeout(() => stop.abort(), 200);
      await cancelled;
      await expectError('timed-out', open(dial), database.password);
    });
    assert.deepEqual(await connection.query('SELECT 1 AS one'), [{ one: 1 }]);
    await connection.close();
  });

  it('does not wait for the killing of a statement that is cancelled', async () => {
    const connection = await open(dialer());
    const stop = new AbortController();
    const waiting = connection.query('SELECT SLEEP(60)', [], stop.signal);
    await frozen(await sessionsOf(server), async () => {
      stop.abort();
      await assert.rejects(waiting, CancelledError);
    });
    await connection.close();
  });

  it('does not wait for a database that hangs after the login', async () => {
    const proxy = createServer((client) => {
      const behind = connect(database.port, '127.0.0.1');
      behind.on('error', () => undefined).pipe(client.on('error', () => undefined));
      // The login, and nothing that comes after it
      client.once('data', (login) => behind.write(login));
      client.on('close', () => behind.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const bound = proxy.address();
    const port = typeof bound === 'object' && bound ? bound.port : 0;
    await expectError('timed-out', open(dialer(), port), database.password);
    await expectError('timed-out', open(dialDirect, port), database.password);
    proxy.close();
  });
});
