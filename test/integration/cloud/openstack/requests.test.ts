import assert from 'node:assert/strict';
import { CancelledError } from '../../../../src/model/errors';
import { expectError } from '../expectError';
import { openScripted, password, type Scripted } from './openScripted';
import { half, hangUp, silence, type Behaviour, type Reply } from './scriptedServer';

const id = '8f0c6a5e-0000-4000-8000-000000000001';
const show = `GET /compute/v2.1/servers/${id}`;
const remove = `DELETE /compute/v2.1/servers/${id}`;
const server = { id, name: 'web', status: 'ACTIVE', tenant_id: 'p', created: '2026-01-01T00:00:00Z' };
const fine: Reply = { body: { server } };

function fault(status: number, message = 'so it is', headers: Record<string, string> = {}): Reply {
  return { status, headers, body: { computeFault: { code: status, message } } };
}

describe('a request to a service', () => {
  let scripted: Scripted;

  beforeEach(async () => {
    scripted = await openScripted();
  });

  afterEach(() => scripted.stop());

  function answers(request: string, ...behaviours: Behaviour[]): void {
    scripted.server.on(request, ...behaviours);
  }

  it('sends the microversion in both headers', async () => {
    answers(show, fine);
    await scripted.api.compute.server(id);
    const headers = scripted.server.asked(show)[0]?.headers ?? {};
    assert.equal(headers['openstack-api-version'], 'compute 2.68');
    assert.equal(headers['x-openstack-nova-api-version'], '2.68');
    await scripted.api.compute.server(id);
    assert.equal(scripted.server.asked('GET /compute/v2.1/').length, 1);
  });

  it('agrees on what an older service has', async () => {
    answers('GET /compute/v2.1/', { body: { version: { version: '2.38', min_version: '2.1' } } });
    answers(show, fine);
    await scripted.api.compute.server(id);
    assert.equal(scripted.server.asked(show)[0]?.headers['openstack-api-version'], 'compute 2.38');
  });

  it('is not made when the service is too old for it', async () => {
    answers('GET /placement/', { body: { versions: [{ max_version: '1.10', min_version: '1.0' }] } });
    const error = await expectError('unsupported', scripted.api.placement.allocations(id));
    assert.match(error.message, /1\.28.*1\.10/);
  });

  for (const [status, code] of [
    [400, 'command-failed'],
    [403, 'permission-denied'],
    [409, 'conflict'],
    [500, 'command-failed'],
  ] as const) {
    it(`tells ${code} by the status ${status}`, async () => {
      answers(show, fault(status, 'the reason', { 'X-OpenStack-Request-Id': 'req-17' }));
      const error = await expectError(code, scripted.api.compute.server(id));
      assert.match(
        error.message,
        new RegExp(`compute GET /servers/${id}: ${status} the reason \\(req-17\\)`),
      );
    });
  }

  it('takes a 404 of the service as absence', async () => {
    answers(show, { status: 404, body: { itemNotFound: { code: 404, message: 'no such instance' } } });
    assert.equal(await scripted.api.compute.server(id), undefined);
  });

  for (const [who, reply] of [
    ['a web server', { status: 404, text: '<html>Not Found</html>' }],
    [
      'a path nobody serves',
      { status: 404, body: { message: 'x', code: '404 Not Found', title: 'Not Found' } },
    ],
    ['a gateway', { status: 404, body: { message: 'no Route matched' } }],
  ] as const) {
    it(`does not take a 404 of ${who} as absence`, async () => {
      answers(show, reply);
      await expectError('bad-answer', scripted.api.compute.server(id));
    });
  }

  it('waits as long as it is asked to when there are too many', async () => {
    answers(show, fault(429, 'slow down', { 'Retry-After': '1' }), fine);
    const before = Date.now();
    assert.equal((await scripted.api.compute.server(id))?.name, 'web');
    assert.ok(Date.now() - before >= 990);
    assert.ok(scripted.log.some((line) => line.includes('asking again in 1 s')));
  });

  it('understands a date to wait for', async () => {
    const soon = new Date(Date.now() + 1_000).toUTCString();
    answers(show, fault(503, 'not ready', { 'Retry-After': soon }), fine);
    assert.equal((await scripted.api.compute.server(id))?.name, 'web');
  });

  it('does not wait for ever', async () => {
    answers(show, fault(503, 'not ready', { 'Retry-After': '0' }));
    await expectError('busy', scripted.api.compute.server(id));
    assert.equal(scripted.server.asked(show).length, 4);
    answers(show, fault(503, 'not ready', { 'Retry-After': '3600' }));
    await expectError('busy', scripted.api.compute.server(id));
    assert.equal(scripted.server.asked(show).length, 5);
  });

  it('is cancelled while it waits', async () => {
    answers(show, fault(429, 'slow down', { 'Retry-After': '20' }));
    const cancel = new AbortController();
    setTimeout(() => cancel.abort(), 100);
    await assert.rejects(scripted.api.compute.server(id, cancel.signal), CancelledError);
  });

  it('is cancelled while the service is silent', async () => {
    answers(show, silence);
    const cancel = new AbortController();
    setTimeout(() => cancel.abort(), 100);
    await assert.rejects(scripted.api.compute.server(id, cancel.signal), CancelledError);
    await assert.rejects(scripted.api.compute.server(id, cancel.signal), CancelledError);
    assert.equal(scripted.server.asked(show).length, 1);
  });

  for (const [what, behaviour, code] of [
    ['silence', silence, 'timed-out'],
    ['a lost connection', hangUp, 'unreachable'],
    ['half an answer', half('{"server": {"id": "'), 'unreachable'],
    ['half a document', { text: '{"server": {"id": "' }, 'bad-answer'],
    ['a page', { text: '<html>log in</html>' }, 'bad-answer'],
    ['another thing', { body: { volume: server } }, 'bad-answer'],
    ['a list', { body: [server] }, 'bad-answer'],
    ['a field of another type', { body: { server: { ...server, status: 7 } } }, 'bad-answer'],
    ['a missing field', { body: { server: { id } } }, 'bad-answer'],
    ['a redirect', { status: 301, headers: { Location: 'https://portal.example/login' } }, 'bad-answer'],
  ] as const) {
    it(`tells what is wrong with ${what}`, async () => {
      answers(show, behaviour);
      const error = await expectError(code, scripted.api.compute.server(id), 'gAAAA');
      assert.match(error.message, /compute/);
    });
  }

  it('names the field that is wrong', async () => {
    answers(show, { body: { server: { ...server, status: 7 } } });
    const error = await expectError('bad-answer', scripted.api.compute.server(id));
    assert.match(error.message, new RegExp(`compute GET /servers/${id}: server\\.status `));
  });

  it('does not read an answer without end', async () => {
    const chunk = Buffer.alloc(1024 * 1024, ' ');
    let sent = 0;
    answers(show, (_, response) => {
      response.writeHead(200);
      const more = (): void => {
        if (sent >= 64 || response.destroyed) return void response.end();
        sent += 1;
        response.write(chunk, more);
      };
      more();
      return undefined;
    });
    const { server: big, log } = scripted;
    const patient = await openScripted({ server: big, limits: { answerMs: 20_000 } });
    const error = await expectError('bad-answer', patient.api.compute.server(id));
    assert.match(error.message, /33554432 bytes/);
    assert.ok(sent < 64, `${sent} MiB were sent`);
    assert.deepEqual(log.length, 1);
    patient.api.close();
  });

  it('is made again when the server closed the idle connection that it went over', async () => {
    answers(show, fine, hangUp, fine);
    for (const calls of [1, 3]) {
      assert.equal((await scripted.api.compute.server(id))?.name, 'web');
      assert.equal(scripted.server.asked(show).length, calls);
    }
  });

  it('never shows the token or the password that a service sends back', async () => {
    for (const status of [400, 403, 500]) {
      answers(show, ({ headers }) => fault(status, `${String(headers['x-auth-token'])} and ${password}`));
      const error = await scripted.api.compute.server(id).catch((reason: unknown) => reason);
      assert.match(String(error), /\*\*\* and \*\*\*/);
    }
    assert.ok(!/gAAAA|pass-of/.test(scripted.log.join('\n')));
  });

  it('shows a text of a service on one line, and not all of a long one', async () => {
    answers(show, fault(400, `one\ntwo \u202e${'x'.repeat(10_000)}`));
    const { message } = await expectError('command-failed', scripted.api.compute.server(id));
    assert.match(message, /one\\u000atwo \\u202ex/);
    assert.ok(message.length < 600);
  });
});

describe('a change by a service', () => {
  let scripted: Scripted;

  beforeEach(async () => {
    scripted = await openScripted();
  });

  afterEach(() => scripted.stop());

  function change(signal?: AbortSignal): Promise<void> {
    return scripted.api.compute.deleteServer(id, signal);
  }

  it('is in the log', async () => {
    scripted.server.on(remove, { status: 204 });
    await change();
    assert.ok(scripted.log.includes(`prod-eu: compute DELETE /servers/${id}: 204`), scripted.log.join('\n'));
  });

  for (const [what, behaviour] of [
    ['the connection is lost', hangUp],
    ['no answer comes', silence],
    ['the service fails in the middle', fault(500)],
    ['a proxy gives up', { status: 504, text: 'gateway' }],
  ] as const) {
    it(`may have happened when ${what}, and is not repeated`, async () => {
      scripted.server.on(remove, behaviour);
      await expectError('outcome-unknown', change());
      assert.equal(scripted.server.asked(remove).length, 1);
    });
  }

  it('has not happened when nobody could be reached', async () => {
    const { server } = scripted;
    server.on('GET /compute/v2.1/', () => ({ body: { version: { version: '2.93', min_version: '2.1' } } }));
    const compute = { endpoint: 'http://127.0.0.1:9/v2.1' };
    const elsewhere = await openScripted({ server, cloud: { services: { compute } } });
    await expectError('unreachable', elsewhere.api.compute.deleteServer(id));
    elsewhere.api.close();
  });

  it('is repeated when the service asks for it', async () => {
    scripted.server.on(remove, fault(429, 'slow', { 'Retry-After': '0' }), { status: 204 });
    await change();
    assert.equal(scripted.server.asked(remove).length, 2);
  });

  it('is not repeated after a bare 503', async () => {
    scripted.server.on(remove, fault(503), { status: 204 });
    await expectError('busy', change());
  });

  it('is waited for once it was sent, though it is cancelled', async () => {
    const cancel = new AbortController();
    scripted.server.on(remove, (_, response) => {
      cancel.abort();
      setTimeout(() => response.writeHead(204).end(), 200);
      return undefined;
    });
    await change(cancel.signal);
    await assert.rejects(change(cancel.signal), CancelledError);
    assert.equal(scripted.server.asked(remove).length, 1);
  });

  it('is not repeated over a token that was refused twice', async () => {
    scripted.server.on(remove, fault(401));
    await expectError('refused-login', change());
    assert.equal(scripted.server.asked(remove).length, 2);
  });
});
