import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { Connection } from '../../../src/cloud/database/connection';
import { startDatabase, type Database } from '../../cloud/database/mariadb';
import { Authority, type Certificate } from './database/certificates';
import { openDoors, type Doors } from './doors';
import { startSshServer, type SshServer } from './ssh/sshServer';

const wrong = 'wr0ng/p@ss word';

/** Every way to fail, and to get in, with everything that was said meanwhile. */
describe('no secret', () => {
  let directory: string;
  let authority: Authority;
  let client: Certificate;
  let database: Database;
  let server: SshServer;
  let closed: SshServer;
  let secrets: string[];

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'openstack-zombies-secrets-'));
    authority = await Authority.make(directory, 'authority');
    client = await authority.sign('client', 'DNS:operator');
    const { cert, key } = await authority.sign('database', 'IP:127.0.0.1');
    const tls = [`--ssl-ca=${authority.own.cert}`, `--ssl-cert=${cert}`, `--ssl-key=${key}`];
    [database, server, closed] = await Promise.all([
      startDatabase({ directory, args: tls }),
      startSshServer(),
      startSshServer({ lines: ['AllowTcpForwarding no'] }),
    ]);
    await database.sql(`CREATE DATABASE nova_api; INSTALL SONAME 'auth_ed25519';
      CREATE USER modern@'127.0.0.1' IDENTIFIED VIA ed25519 USING PASSWORD('${wrong}')`);
    const lineOf = (file: string): string => readFileSync(file, 'latin1').split('\n')[1] ?? '';
    secrets = [
      database.password,
      wrong,
      encodeURIComponent(wrong),
      lineOf(client.key),
      lineOf(server.keyFile),
    ];
    assert.ok(secrets.every((secret) => secret.length > 10));
  });

  after(async () => {
    await Promise.all([database.stop(), server.stop(), closed.stop()]);
    rmSync(directory, { recursive: true });
  });

  interface Try {
    readonly settings?: object;
    readonly through?: SshServer;
    readonly url?: string;
    readonly password?: string;
    readonly sql?: string;
  }

  const tries = (): Readonly<Record<string, Try>> => {
    const identity = { mode: 'verify-identity', ca: authority.own.cert };
    const right = `:${database.password}@127.0.0.1:${database.port}/nova_api`;
    const viaSsh = { via: 'ssh', sshHost: '127.0.0.1' };
    return {
      right: { url: `mysql://nova${right}` },
      'right over TLS': { url: `mysql://nova${right}`, settings: { tls: { ...identity, ...client } } },
      'right through SSH': { url: `mysql://nova${right}`, settings: viaSsh },
      'wrong password in the URL': {
        url: `mysql://nova:${encodeURIComponent(wrong)}@127.0.0.1:${database.port}/x`,
      },
      'wrong password as an argument': {
        url: `mysql://nova@127.0.0.1:${database.port}/x?passwd=${encodeURIComponent(wrong)}`,
      },
      'wrong password of the operator': { url: `mysql://nova@127.0.0.1:${database.port}/x`, password: wrong },
      'a URL that cannot be read': { url: `mysql://nova:${wrong}@127.0.0.1:port/nova_api` },
      'a way of logging in that is not supported': {
        url: `mysql://modern:${encodeURIComponent(wrong)}@127.0.0.1:${database.port}/nova_api`,
      },
      'no server': { url: `mysql://nova:${encodeURIComponent(wrong)}@127.0.0.1:1/nova_api` },
      'no authority': { url: `mysql://nova${right}`, settings: { tls: { mode: 'verify-identity' } } },
      'a key as a certificate': {
        url: `mysql://nova${right}`,
        settings: { tls: { ...identity, cert: client.key, key: client.key } },
      },
      'no forwarding': { url: `mysql://nova${right}`, settings: viaSsh, through: closed },
      'no server behind SSH': {
        url: `mysql://nova:${encodeURIComponent(wrong)}@127.0.0.1:1/x`,
        settings: viaSsh,
      },
      'a bad statement': { url: `mysql://nova${right}`, sql: `SELECT '${wrong}' FROM` },
    };
  };

  it('is in any error or in the log', async () => {
    for (const [
      name,
      { settings = {}, through = server, url = '', password, sql = 'SELECT 1' },
    ] of Object.entries(tries())) {
      const doors = openDoors(
        through,
        { apiDatabase: 'mysql://nova@127.0.0.1/nova_api', database: settings },
        () => password ?? database.password,
      );
      const said = await failureOf(doors, url, sql);
      assert.equal(said === undefined, name.startsWith('right'), `${name}: ${said}`);
      const all = [said, ...doors.log].join('\n');
      for (const secret of secrets) assert.ok(!all.includes(secret), `${name}: ${all}`);
    }
  });

  /** Everything that the error holds, down to its causes. */
  async function failureOf({ access }: Doors, url: string, sql: string): Promise<string | undefined> {
    const cell = { uuid: '8f0c6a5e-0000-4000-8000-000000000001', id: 2, name: 'cell1', disabled: false, url };
    let connection: Connection | undefined;
    try {
      connection = await access.openCell(cell);
      await connection.query(sql);
      return undefined;
    } catch (error) {
      return inspect(error, { depth: 20, showHidden: true, maxStringLength: null });
    } finally {
      await connection?.close();
    }
  }
});
