import assert from 'node:assert/strict';
import type { OpenStackCloud } from '../../../../src/cloud/openstack/openStackCloud';
import { expectError } from '../expectError';
import { openScripted, password, type Scripted, type ScriptedOptions } from './openScripted';
import { ScriptedServer, silence, type Behaviour } from './scriptedServer';

const login = 'POST /v3/auth/tokens';
const mine = { by: 'token', secret: 'gAAAA-mine' } as const;
const servers = 'GET /compute/v2.1/servers/detail';

describe('the login at Keystone', () => {
  const opened: Scripted[] = [];
  const started: ScriptedServer[] = [];

  afterEach(async () => {
    for (const { api } of opened.splice(0)) api.close();
    await Promise.all(started.splice(0).map((server) => server.stop()));
  });

  async function newServer(): Promise<ScriptedServer> {
    const server = await new ScriptedServer().start();
    started.push(server);
    return server;
  }

  async function open(options: ScriptedOptions = {}): Promise<Scripted> {
    const scripted = await openScripted({ ...options, server: options.server ?? (await newServer()) });
    opened.push(scripted);
    scripted.server.on(servers, { body: { servers: [] } });
    return scripted;
  }

  async function sent(cloud: Partial<OpenStackCloud>): Promise<unknown> {
    const { server } = await open({ cloud });
    return server.asked(login)[0]?.body;
  }

  /** Logs in at a Keystone of that behaviour. */
  async function against(behaviour: Behaviour, cloud: Partial<OpenStackCloud> = {}): Promise<Scripted> {
    const server = await newServer();
    server.on(login, behaviour);
    return open({ server, cloud });
  }

  it('is by password, for a project', async () => {
    assert.deepEqual(await sent({}), {
      auth: {
        identity: {
          methods: ['password'],
          password: { user: { name: 'admin', domain: { name: 'Default' }, password } },
        },
        scope: { project: { name: 'admin', domain: { id: 'default' } } },
      },
    });
  });

  for (const [scope, body] of [
    [{ to: 'system' }, { system: { all: true } }],
    [{ to: 'domain', domain: { name: 'Default' } }, { domain: { name: 'Default' } }],
    [{ to: 'trust', id: '2b7e' }, { 'OS-TRUST:trust': { id: '2b7e' } }],
  ] as const) {
    it(`can be for a ${scope.to}`, async () => {
      const { auth } = (await sent({ scope })) as { auth: { scope: unknown } };
      assert.deepEqual(auth.scope, body);
    });
  }

  it('is by application credential, without a scope', async () => {
    const credential = { name: 'zombies', user: { id: '66776f' } };
    assert.deepEqual(await sent({ login: { by: 'application-credential', credential, secret: 'shh' } }), {
      auth: {
        identity: {
          methods: ['application_credential'],
          application_credential: { ...credential, secret: 'shh' },
        },
      },
    });
  });

  it('exchanges a token for one with the scope', async () => {
    const body = await sent({ login: mine });
    const { auth } = body as { auth: { identity: unknown } };
    assert.deepEqual(auth.identity, { methods: ['token'], token: { id: 'gAAAA-mine' } });
  });

  it('uses a token as it is when no scope is given', async () => {
    const server = await newServer();
    server.on('GET /v3/auth/tokens', () => ({ body: server.tokenBody(Date.now(), ['token']) }));
    const { api } = await open({ server, cloud: { login: mine }, scoped: false });
    await api.compute.servers();
    assert.equal(server.asked(login).length, 0);
    assert.equal(server.asked('GET /v3/auth/tokens')[0]?.headers['x-subject-token'], 'gAAAA-mine');
    assert.equal(server.asked(servers)[0]?.headers['x-auth-token'], 'gAAAA-mine');
  });

  it('says that the password was refused, and not which', async () => {
    const refused = {
      status: 401,
      body: { error: { code: 401, message: `no ${password}`, title: 'Unauthorized' } },
    };
    const error = await expectError('refused-login', against(refused), password);
    assert.match(error.message, /admin@http:/);
  });

  it('says that a token has expired', async () => {
    const server = await newServer();
    server.on('GET /v3/auth/tokens', { status: 404, body: { error: { code: 404, message: 'gone' } } });
    const failing = open({ server, cloud: { login: mine }, scoped: false });
    const error = await expectError('refused-login', failing, 'gAAAA-mine');
    assert.match(error.action, /expired/);
  });

  for (const [what, behaviour, code] of [
    ['a page of another server', { status: 404, text: '<html>not here</html>' }, 'bad-answer'],
    ['an answer that is no JSON', { status: 201, text: '<html>hello</html>' }, 'bad-answer'],
    ['an answer without a token', { status: 201, body: { token: {} } }, 'bad-answer'],
    ['a redirect', { status: 302, headers: { Location: 'https://other.example/x' } }, 'bad-answer'],
    ['silence', silence, 'timed-out'],
    ['a service that is not ready', { status: 503, text: 'down' }, 'busy'],
  ] as const) {
    it(`takes ${what} for no login`, async () => {
      const error = await expectError(code, against(behaviour), password);
      if (what === 'a redirect') assert.match(error.message, /https:\/\/other\.example/);
    });
  }

  it('says that nothing listens there', async () => {
    const server = await newServer();
    const { base } = server;
    await expectError('unreachable', open({ server, cloud: { authUrl: base.replace(/\d+$/, '9') } }));
  });

  it('is renewed before the token expires, and shared', async () => {
    const { api, server, later } = await open();
    await Promise.all([api.compute.servers(), api.compute.servers()]);
    assert.equal(server.asked(login).length, 1);
    later(3_500_000);
    await api.compute.servers();
    assert.equal(server.asked(login).length, 1);
    later(50_000);
    await Promise.all([api.compute.servers(), api.compute.servers(), api.compute.servers()]);
    assert.equal(server.asked(login).length, 2);
    assert.equal(server.asked(servers).at(-1)?.headers['x-auth-token'], 'gAAAA-token-2');
  });

  it('does not mind a clock that differs from that of Keystone', async () => {
    const server = await newServer();
    server.on(login, () => ({
      status: 201,
      headers: { 'X-Subject-Token': 'gAAAA-old' },
      body: server.tokenBody(Date.now() - 86_400_000, ['password']),
    }));
    const { api } = await open({ server });
    await api.compute.servers();
    await api.compute.servers();
    assert.equal(server.asked(login).length, 1);
  });

  it('is made anew once for all whose token is refused', async () => {
    const { api, server, log } = await open();
    const revoked = { status: 401, body: { error: { code: 401, message: 'revoked' } } };
    server.on(servers, ({ headers }) =>
      headers['x-auth-token'] === 'gAAAA-token-1' ? revoked : { body: { servers: [] } },
    );
    const lists = await Promise.all([api.compute.servers(), api.compute.servers()]);
    assert.deepEqual(
      lists.map(({ complete }) => complete),
      [true, true],
    );
    assert.equal(server.asked(login).length, 2);
    assert.ok(log.some((line) => line.includes('refused the token')));
  });

  it('is not made again and again for a service that never takes the token', async () => {
    const { api, server } = await open();
    server.on('GET /compute/v2.1/servers/x', { status: 401, body: { error: { code: 401, message: 'no' } } });
    await expectError('refused-login', api.compute.server('x'), password);
    assert.equal(server.asked(login).length, 2);
  });
});
