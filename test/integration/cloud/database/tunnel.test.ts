import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '../../../../src/cloud/database/connection';
import { CancelledError } from '../../../../src/model/errors';
import { startDatabase, type Database } from '../../../cloud/database/mariadb';
import { waitFor } from '../../../cloud/ports';
import { openDoors, type Doors } from '../doors';
import { expectError } from '../expectError';
import { newKey, startSshServer, type SshServer } from '../ssh/sshServer';
import { endSessions, sessionsOf } from '../ssh/sessions';
import { Authority } from './certificates';

describe('databases through an SSH login', () => {
  let directory: string;
  let authority: Authority;
  let database: Database;
  let server: SshServer;

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'openstack-zombies-tunnel-'));
    authority = await Authority.make(directory, 'authority');
    const { cert, key } = await authority.sign('database', 'DNS:localhost');
    database = await startDatabase({ directory, args: [`--ssl-cert=${cert}`, `--ssl-key=${key}`] });
    server = await startSshServer();
    await database.sql(`
      CREATE DATABASE nova_api; CREATE DATABASE placement; CREATE DATABASE nova_cell1;
      CREATE USER asked@localhost IDENTIFIED BY 's0cket-password'; GRANT ALL ON nova_api.* TO asked@localhost`);
  });

  after(async () => {
    await Promise.all([database.stop(), server.stop()]);
    rmSync(directory, { recursive: true });
  });

  interface Cloud {
    readonly through?: SshServer;
    readonly url?: string;
    readonly database?: object;
    readonly ssh?: object;
    readonly controller?: string;
  }

  function doors({ through = server, url, database: more = {}, ...rest }: Cloud = {}): Doors {
    const settings = {
      apiDatabase: url ?? `mysql://nova@127.0.0.1:${database.port}/nova_api`,
      hosts: { 'controller-01': '127.0.0.1' },
      database: { via: 'ssh', sshHost: 'controller-01', ...more },
      ...rest,
    };
    return openDoors(through, settings, (account) =>
      account.startsWith('asked@') ? 's0cket-password' : database.password,
    );
  }

  async function one(opening: Promise<Connection>, sql = 'SELECT DATABASE() AS it'): Promise<unknown> {
    const connection = await opening;
    const [row] = await connection.query(sql);
    await connection.close();
    return row?.it;
  }

  const nobodyThere = (): Promise<void> =>
    waitFor('the end of the SSH connections', 20, async () => (await sessionsOf(server)).length === 0);

  it('share one SSH connection, which ends some time after the last of them', async () => {
    const { access, log } = doors();
    const url = `mysql+pymysql://nova:${database.password}@127.0.0.1:${database.port}/nova_cell1`;
    const cell = { uuid: '8f0c6a5e-0000-4000-8000-000000000001', id: 2, name: 'cell1', disabled: false, url };
    const opened = await Promise.all([access.openApi(), access.openPlacement(), access.openCell(cell)]);
    const names = await Promise.all(opened.map((each) => one(Promise.resolve(each))));
    assert.deepEqual(names, ['nova_api', 'placement', 'nova_cell1']);
    assert.equal((await sessionsOf(server)).length, 1);
    assert.equal(log.filter((line) => line.includes('for the databases')).length, 1);
    assert.match(log.join('\n'), /nova_cell1 through controller-01/);
    assert.ok(!log.join('\n').includes(database.password));
    await nobodyThere();
    assert.equal(await one(access.openApi()), 'nova_api');
  });

  it('go through the controller where no other host is named, and over its jump hosts', async () => {
    await nobodyThere();
    const { user, port, keyFile } = server;
    const ssh = { user, port, keyFile, knownHostsFile: '/dev/null', jump: `${user}@127.0.0.1:${port}` };
    const settings = { controller: 'controller-01', database: { sshHost: undefined } };
    assert.equal(await one(doors({ ssh, ...settings }).access.openApi()), 'nova_api');
    assert.equal((await sessionsOf(server)).length, 2);
  });

  it('give 50 MB whole, in order, and not faster than they are read', async () => {
    const connection = await doors().access.openApi();
    let sum = 0;
    let most = 0;
    await connection.stream("SELECT seq, REPEAT('x', 1000) AS filler FROM seq_1_to_50000", [], (row) => {
      assert.equal(row.seq, ++sum);
      if (sum % 5_000 === 0) most = Math.max(most, process.memoryUsage().external);
    });
    assert.equal(sum, 50_000);
    assert.ok(most < 100_000_000, `${most} bytes`);
    await connection.close();
  });

  it('take a statement of 8 MB', async () => {
    const connection = await doors().access.openApi();
    const [row] = await connection.query('SELECT LENGTH(?) AS it', ['x'.repeat(8_000_000)]);
    assert.equal(row?.it, 8_000_000);
    await connection.close();
  });

  it('let a statement be cancelled', async () => {
    const connection = await doors().access.openApi();
    const stop = new AbortController();
    const waiting = connection.query('SELECT SLEEP(60)', [], stop.signal);
    setTimeout(() => stop.abort(), 200);
    await assert.rejects(waiting, CancelledError);
    assert.deepEqual(await connection.query('SELECT 1 AS it'), [{ it: 1 }]);
    await connection.close();
  });

  it('check the name of the database, not that of the way to it', async () => {
    const tls = { mode: 'verify-identity', ca: authority.own.cert };
    const url = `mysql://nova@localhost:${database.port}/nova_api`;
    await database.sql(`CREATE USER nova@localhost IDENTIFIED BY '${database.password}';
      GRANT ALL ON nova_api.* TO nova@localhost`);
    const cipher =
      "SELECT variable_value AS it FROM information_schema.session_status WHERE variable_name = 'Ssl_cipher'";
    assert.match(String(await one(doors({ url, database: { tls } }).access.openApi(), cipher)), /./);
    const error = await expectError('tls-failed', doors({ database: { tls } }).access.openApi());
    assert.match(error.message, /not for the name 127\.0\.0\.1/);
  });

  for (const via of ['ssh', 'direct'] as const) {
    describe(`over a unix socket, ${via}`, () => {
      const over = (user: string): Doors =>
        doors({
          url: `mysql://${user}@localhost/nova_api?unix_socket=${database.socketPath}`,
          database: { via, tls: { mode: 'required' } },
        });

      it('need no password where the socket lets in', async () => {
        const { access, questions } = over('root');
        assert.equal(await one(access.openApi()), 'nova_api');
        assert.deepEqual(questions, []);
      });

      it('ask for it where it does not', async () => {
        const { access, questions } = over('asked');
        assert.equal(await one(access.openApi()), 'nova_api');
        assert.equal(await one(access.openApi()), 'nova_api');
        assert.deepEqual(
          questions.map(({ account }) => account),
          [`asked@${database.socketPath}`],
        );
      });
    });
  }

  it('say that the host cannot reach the database', async () => {
    for (const [url, place] of [
      ['mysql://nova@127.0.0.1:1/nova_api', /127\.0\.0\.1:1: /],
      ['mysql://nova@[::1]:1/nova_api', /\[::1\]:1: /],
      ['mysql://nova@no-such-host.invalid/nova_api', /no-such-host\.invalid:3306: /],
      ['mysql://nova@localhost/nova_api?unix_socket=/run/no-such.sock', /\/run\/no-such\.sock: /],
    ] as const) {
      const error = await expectError('unreachable', doors({ url }).access.openApi(), database.password);
      assert.match(error.message, /controller-01 cannot connect to/);
      assert.match(error.message, place);
    }
  });

  it('say that sshd does not forward', async () => {
    const closed = await startSshServer({
      lines: ['AllowTcpForwarding no', 'AllowStreamLocalForwarding no'],
    });
    try {
      const tcp = doors({ through: closed }).access.openApi();
      const error = await expectError('permission-denied', tcp, database.password);
      assert.match(`${error.message} ${error.action}`, /controller-01.*AllowTcpForwarding/s);
      const url = `mysql://root@localhost/nova_api?unix_socket=${database.socketPath}`;
      const socket = await expectError('unreachable', doors({ through: closed, url }).access.openApi());
      assert.match(socket.action, /AllowStreamLocalForwarding/);
    } finally {
      await closed.stop();
    }
  });

  it('do not take a refused SSH login for a wrong password of the database', async () => {
    const keyFile = join(directory, 'stranger');
    await newKey(keyFile, 'ed25519');
    const ssh = { user: server.user, port: server.port, keyFile, knownHostsFile: '/dev/null' };
    const { access, questions } = doors({ ssh });
    const error = await expectError('unreachable', access.openApi(), database.password);
    assert.match(error.message, /leads through controller-01.*refused the SSH login/);
    assert.equal(questions.length, 1);
  });

  it('say that the SSH connection is lost, and make it anew', async () => {
    const { access } = doors();
    const connection = await access.openApi();
    const waiting = expectError('unreachable', connection.query('SELECT SLEEP(60)'), database.password);
    await endSessions(server);
    await waiting;
    await connection.close();
    assert.equal(await one(access.openApi()), 'nova_api');
  });
});
