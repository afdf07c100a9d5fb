import assert from 'node:assert/strict';
import fc from 'fast-check';
import { databaseName, parseDatabaseUrl } from '../../../../src/cloud/database/databaseUrl';
import { OperatorError } from '../../../../src/model/errors';

describe('parseDatabaseUrl', () => {
  it('reads what Nova writes into cell_mappings', () => {
    const address = parseDatabaseUrl(
      'mysql+pymysql://nova:p%40ss%2Fword@10.0.0.5:3307/nova_cell1?charset=utf8',
    );
    assert.deepEqual(address, {
      user: 'nova',
      password: 'p@ss/word',
      host: '10.0.0.5',
      port: 3307,
      schema: 'nova_cell1',
      account: 'nova@10.0.0.5:3307',
    });
    assert.equal(databaseName(address), 'nova@10.0.0.5:3307/nova_cell1');
  });

  it('takes port 3306, and no password, when the URL has none', () => {
    const address = parseDatabaseUrl('mysql://nova@db.example.org/nova_api');
    assert.equal(address.port, 3306);
    assert.equal('password' in address, false);
    assert.equal('password' in parseDatabaseUrl('mysql://nova:@db.example.org/nova_api'), false);
  });

  it('reads an IPv6 address in brackets', () => {
    const address = parseDatabaseUrl('mysql://nova@[fd00::5]:3306/nova_api');
    assert.equal(address.host, 'fd00::5');
    assert.equal(address.account, 'nova@[fd00::5]:3306');
  });

  it('reads a unix socket, which needs no host', () => {
    const address = parseDatabaseUrl('mysql+pymysql://nova@/nova_api?unix_socket=/run/mysqld/mysqld.sock');
    assert.equal(address.socketPath, '/run/mysqld/mysqld.sock');
    assert.equal(address.account, 'nova@/run/mysqld/mysqld.sock');
  });

  it('keeps a password with colons, slashes and question marks, as SQLAlchemy does', () => {
    assert.equal(parseDatabaseUrl('mysql://nova:a:b/c?d#e%@db/nova').password, 'a:b/c?d#e%');
  });

  it('finds a password among the query arguments too', () => {
    assert.equal(
      parseDatabaseUrl('mysql+pymysql://nova@db/nova_api?charset=utf8&passwd=p%40ss').password,
      'p@ss',
    );
  });

  it('says of a template which setting takes the full URL', () => {
    const url = 'mysql+pymysql://{username}:{password}@{hostname}:{port}/nova_cell1?{query}';
    const error = refusal(url, 'cells.8f0c6a5e-0000-4000-8000-000000000001');
    assert.match(error.action, /cells\.8f0c6a5e-0000-4000-8000-000000000001/);
  });

  for (const [query, tls] of [
    ['charset=utf8', undefined],
    ['ssl_mode=DISABLED&ssl_ca=/ca', undefined],
    ['ssl=false', undefined],
    ['ssl=true', { verify: 'none' }],
    ['ssl_mode=PREFERRED', { verify: 'none' }],
    ['ssl_mode=required&ssl_ca=/ca', { verify: 'none', ca: '/ca' }],
    ['ssl_mode=VERIFY_CA&ssl_ca=/ca', { verify: 'ca', ca: '/ca' }],
    ['ssl_mode=VERIFY_IDENTITY', { verify: 'identity' }],
    ['ssl_mode=VERIFY_ANYTHING', { verify: 'identity' }],
    ['ssl_ca=/ca', { verify: 'identity', ca: '/ca' }],
    ['ssl_capath=/ca.d', { verify: 'identity' }],
    ['ssl_ca=/ca&ssl_check_hostname=false', { verify: 'ca', ca: '/ca' }],
    ['ssl_ca=/ca&ssl_verify_identity=0', { verify: 'ca', ca: '/ca' }],
    ['ssl_ca=/ca&ssl_verify_cert=false', { verify: 'none', ca: '/ca' }],
    ['ssl_verify_cert=true', { verify: 'identity' }],
    ['ssl_verify_identity=true&ssl_verify_cert=false', { verify: 'identity' }],
    ['ssl_cert=/cert&ssl_key=/key', { verify: 'none', cert: '/cert', key: '/key' }],
  ] as const) {
    it(`reads what ${query} asks of TLS`, () => {
      assert.deepEqual(parseDatabaseUrl(`mysql+pymysql://nova@db/nova_api?${query}`).tls, tls);
    });
  }

  for (const url of [
    '',
    'nova',
    'postgresql://nova@db/nova_api',
    'mysql://db/nova_api',
    'mysql://nova@/nova_api',
    'mysql://nova@db',
    'mysql://nova@db/',
    'mysql://nova:half@of it@db/nova_api',
    'mysql://nova@db:x/nova_api',
    'mysql://nova@db:0/nova_api',
    'mysql://nova@db:65536/nova_api',
  ]) {
    it(`refuses "${url}"`, () => {
      assert.match(refusal(url).action, /mysql:\/\/user@host:port\/schema/);
    });
  }

  it('gives back any user, password and schema that were escaped, and never shows the password', () => {
    const part = fc.string({ minLength: 1, unit: 'binary' }).filter((text) => !/\p{Surrogate}/u.test(text));
    fc.assert(
      fc.property(part, part, part, (user, password, schema) => {
        const [u, p, s] = [user, password, schema].map(encodeURIComponent);
        const address = parseDatabaseUrl(`mysql://${u}:${p}@db/${s}`);
        assert.deepEqual([address.user, address.password, address.schema], [user, password, schema]);
      }),
    );
  });

  it('never throws anything but its one error, whatever the text, and the error never holds the text', () => {
    const secret = 'Xy7secret';
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        try {
          parseDatabaseUrl(`${before}${secret}${after}`);
        } catch (error) {
          assert.ok(OperatorError.is(error, 'bad-configuration'));
          assert.ok(!`${error.message} ${error.action} ${String(error.cause)}`.includes(secret));
        }
      }),
    );
  });
});

function refusal(url: string, origin?: string): OperatorError {
  try {
    parseDatabaseUrl(url, origin);
  } catch (error) {
    assert.ok(OperatorError.is(error, 'bad-configuration'));
    return error;
  }
  return assert.fail(`${url} was accepted`);
}
