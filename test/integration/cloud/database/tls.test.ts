import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TlsConfiguration } from '../../../../src/cloud/configuration';
import type { Connection } from '../../../../src/cloud/database/connection';
import { parseDatabaseUrl } from '../../../../src/cloud/database/databaseUrl';
import { openConnection } from '../../../../src/cloud/database/openConnection';
import { demandOf } from '../../../../src/cloud/database/tls';
import { CancelledError, type OperatorError } from '../../../../src/model/errors';
import { startDatabase, type Database } from '../../../cloud/database/mariadb';
import { expectError } from '../expectError';
import { Authority, install, type Certificate } from './certificates';
import { testDatabase } from './testDatabase';

const name = 'db.zombies.test';

describe('TLS to MariaDB', () => {
  const directory = mkdtempSync(join(tmpdir(), 'openstack-zombies-tls-'));
  const served: Certificate = { cert: join(directory, 'served.pem'), key: join(directory, 'served.key') };
  let authority: Authority;
  let stranger: Authority;
  let database: Database;
  let right: Certificate;
  let client: Certificate;

  before(async () => {
    [authority, stranger] = await Promise.all([
      Authority.make(directory, 'authority'),
      Authority.make(directory, 'stranger'),
    ]);
    [right, client] = await Promise.all([
      authority.sign('right', `DNS:${name},IP:127.0.0.1`),
      authority.sign('client', 'DNS:operator'),
    ]);
    install(right, served);
    const files = [`--ssl-ca=${authority.own.cert}`, `--ssl-cert=${served.cert}`, `--ssl-key=${served.key}`];
    database = await startDatabase({ directory, args: files });
    const accounts = ['SSL', 'X509'].map(
      (what) => `CREATE USER with_${what}@'127.0.0.1' IDENTIFIED BY 's3cret' REQUIRE ${what};
                 GRANT ALL ON nova_test.* TO with_${what}@'127.0.0.1';`,
    );
    await database.sql(`CREATE DATABASE nova_test; ${accounts.join('\n')}`);
  });

  after(async () => {
    await database.stop();
    rmSync(directory, { recursive: true });
  });

  interface Opening {
    readonly host?: string;
    readonly user?: string;
    readonly password?: string;
    readonly query?: string;
  }

  /** The name of the server is looked up by nobody: the stream goes to 127.0.0.1. */
  function open(settings: TlsConfiguration | undefined, opening: Opening = {}): Promise<Connection> {
    const { host = name, user = 'nova', query = '' } = opening;
    const { password = user === 'nova' ? database.password : 's3cret' } = opening;
    const address = parseDatabaseUrl(
      `mysql://${user}:${password}@${host}:${database.port}/nova_test${query}`,
    );
    return openConnection(address, {
      tls: demandOf(settings, address),
      dial: () => Promise.resolve(connect(database.port, '127.0.0.1')),
    });
  }

  async function cipherOf(opening: Promise<Connection>): Promise<unknown> {
    const connection = await opening;
    const [row] = await connection.query("SHOW STATUS LIKE 'Ssl_cipher'");
    await connection.close();
    return row?.Value;
  }

  async function serving<T>(certificate: Certificate, work: () => Promise<T>): Promise<T> {
    install(certificate, served);
    await database.sql('FLUSH SSL');
    try {
      return await work();
    } finally {
      install(right, served);
      await database.sql('FLUSH SSL');
    }
  }

  async function refused(
    opening: Promise<Connection>,
    message: RegExp,
    action: RegExp,
  ): Promise<OperatorError> {
    const error = await expectError('tls-failed', opening, database.password);
    assert.match(error.message, message);
    assert.match(error.message, new RegExp(`nova@.*:${database.port}`));
    assert.match(error.action, action);
    return error;
  }

  const identity = (): TlsConfiguration => ({ mode: 'verify-identity', ca: authority.own.cert });

  it('encrypts and checks the name that stands in the URL', async () => {
    assert.match(String(await cipherOf(open(identity()))), /^(?:TLS_|ECDHE-)/);
  });

  it('checks an address against the addresses of the certificate', async () => {
    assert.match(String(await cipherOf(open(identity(), { host: '127.0.0.1' }))), /./);
    await refused(open(identity(), { host: '127.0.0.2' }), /127\.0\.0\.2/, /verify-ca/);
    const local = await authority.sign('local', 'DNS:localhost');
    await serving(local, () =>
      refused(open(identity(), { host: '127.0.0.1' }), /not for the name 127\.0\.0\.1/, /verify-ca/),
    );
  });

  it('is off when nothing asks for it, and when the settings say so', async () => {
    assert.equal(await cipherOf(open(undefined)), '');
    assert.equal(await cipherOf(open({ mode: 'off' }, { query: '?ssl_mode=REQUIRED' })), '');
  });

  it('does what the arguments of the URL ask, with files that the settings replace', async () => {
    assert.match(String(await cipherOf(open(undefined, { query: `?ssl_ca=${authority.own.cert}` }))), /./);
    const query = '?ssl_ca=/etc/ssl/certs/on-the-controller.pem';
    const error = await expectError('bad-configuration', open(undefined, { query }));
    assert.match(`${error.message} ${error.action}`, /on-the-controller\.pem.*database\.tls\.ca/s);
    assert.match(String(await cipherOf(open(identity(), { query }))), /./);
  });

  it('refuses a certificate of another authority, except where none is checked', async () => {
    const forged = await stranger.sign('forged', `DNS:${name}`);
    await serving(forged, async () => {
      await refused(open(identity()), /No authority/, /database\.tls\.ca/);
      await refused(open({ ...identity(), mode: 'verify-ca' }), /No authority/, /stand between/);
      await refused(open({ mode: 'verify-ca' }), /No authority/, /database\.tls\.ca/);
      assert.match(String(await cipherOf(open({ mode: 'required' }))), /./);
    });
  });

  it('sends no login before the certificate is accepted', async () => {
    const forged = await stranger.sign('early', `DNS:${name}`);
    const refusals = async (): Promise<string | undefined> =>
      (await database.sql("SHOW GLOBAL STATUS LIKE 'Access_denied_errors'"))[0]?.[1];
    const before = await refusals();
    await serving(forged, async () => {
      await expectError('tls-failed', open(identity(), { password: 'wr0ng' }), 'wr0ng');
      assert.equal(await refusals(), before);
      await expectError('refused-login', open({ mode: 'required' }, { password: 'wr0ng' }), 'wr0ng');
      assert.notEqual(await refusals(), before);
    });
  });

  it('refuses a certificate that has expired', async () => {
    const old = await authority.sign('old', `DNS:${name}`, -1);
    await serving(old, async () => {
      await refused(open(identity()), /expired/, /Renew/);
      await refused(open({ ...identity(), mode: 'verify-ca' }), /expired/, /clock/);
    });
  });

  it('refuses a certificate for another name, which verify-ca does not look at', async () => {
    const other = await authority.sign('other', 'DNS:other.zombies.test');
    await serving(other, async () => {
      const error = await refused(open(identity()), /db\.zombies\.test/, /verify-ca/);
      assert.match(error.message, /other\.zombies\.test/);
      assert.match(String(await cipherOf(open({ ...identity(), mode: 'verify-ca' }))), /./);
    });
  });

  it('says that the server has no TLS, in every mode', async () => {
    const plain = await testDatabase();
    for (const mode of ['required', 'verify-ca', 'verify-identity'] as const) {
      const tls = demandOf({ mode }, plain.address());
      const error = await expectError('tls-failed', openConnection(plain.address(), { tls }), plain.password);
      assert.match(error.message, /does not offer TLS/);
      assert.match(error.action, /database\.via/);
    }
  });

  it('shows a client certificate', async () => {
    const settings = { ...identity(), ...client };
    assert.match(String(await cipherOf(open(settings, { user: 'with_X509' }))), /./);
    const error = await expectError('refused-login', open(identity(), { user: 'with_X509' }), 's3cret');
    assert.match(error.action, /client certificate.*database\.tls/);
  });

  it('says that a server may not trust the client certificate', async () => {
    const unknown = await stranger.sign('client', 'DNS:operator');
    const error = await expectError('tls-failed', open({ ...identity(), ...unknown }), database.password);
    assert.match(error.action, /client certificate in database\.tls/);
  });

  it('says that an account, or the server, takes encrypted connections only', async () => {
    const error = await expectError('refused-login', open(undefined, { user: 'with_SSL' }), 's3cret');
    assert.match(error.action, /database\.tls/);
    assert.match(String(await cipherOf(open({ mode: 'required' }, { user: 'with_SSL' }))), /./);
    await database.sql('SET GLOBAL require_secure_transport = ON');
    try {
      const unencrypted = await expectError('refused-login', open(undefined), database.password);
      assert.match(unencrypted.action, /database\.tls/);
    } finally {
      await database.sql('SET GLOBAL require_secure_transport = OFF');
    }
  });

  it('says which file cannot be used', async () => {
    const junk = join(directory, 'junk.pem');
    writeFileSync(junk, 'no certificate');
    for (const [settings, message] of [
      [{ ...identity(), ca: '/nowhere/ca.pem' }, /\/nowhere\/ca\.pem/],
      [{ ...identity(), ca: junk }, /junk\.pem/],
      [{ ...identity(), cert: junk, key: client.key }, /files for TLS/],
      [{ ...identity(), cert: client.cert, key: right.key }, /files for TLS/],
    ] as const) {
      const error = await expectError('bad-configuration', open(settings), database.password);
      assert.match(error.message, message);
      assert.match(error.action, /database\.tls/);
    }
  });

  it('lets a statement be cancelled, over a second encrypted connection', async () => {
    const connection = await open(identity());
    const stop = new AbortController();
    const waiting = connection.query('SELECT SLEEP(60)', [], stop.signal);
    setTimeout(() => stop.abort(), 100);
    await assert.rejects(waiting, CancelledError);
    assert.deepEqual(await connection.query('SELECT 1 AS one'), [{ one: 1 }]);
    await connection.close();
  });
});
