import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenStackCloud, TlsFiles } from '../../../../src/cloud/openstack/openStackCloud';
import { expectError } from '../expectError';
import { openScripted, password, type Scripted } from './openScripted';
import { ScriptedServer } from './scriptedServer';

describe('TLS of the APIs', () => {
  let folder: string;
  const opened: Scripted[] = [];
  const servers: ScriptedServer[] = [];
  const file = (name: string): string => join(folder, name);

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'openstack-zombies-tls-'));
    for (const name of ['server', 'client']) {
      execFileSync(
        'openssl',
        [
          ...[
            'req',
            '-x509',
            '-newkey',
            'ec',
            '-pkeyopt',
            'ec_paramgen_curve:prime256v1',
            '-nodes',
            '-days',
            '2',
          ],
          ...['-keyout', file(`${name}.key`), '-out', file(`${name}.pem`), '-subj', `/CN=${name}`],
          ...['-addext', 'subjectAltName=IP:127.0.0.1'],
        ],
        { stdio: 'ignore' },
      );
    }
    writeFileSync(
      file('both.pem'),
      readFileSync(file('client.pem'), 'utf8') + readFileSync(file('client.key'), 'utf8'),
    );
  });

  // A login that should have failed must not leave a server that keeps the tests from ending.
  afterEach(async () => {
    for (const { api } of opened.splice(0)) api.close();
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });

  after(() => rmSync(folder, { recursive: true }));

  /** Logs in at a server with a certificate that nobody has signed, and reads a list. */
  async function open(tls: TlsFiles, asksForCertificate = false): Promise<Scripted> {
    const server = await new ScriptedServer({
      cert: readFileSync(file('server.pem')),
      key: readFileSync(file('server.key')),
      ...(asksForCertificate
        ? { requestCert: true, rejectUnauthorized: true, ca: readFileSync(file('client.pem')) }
        : {}),
    }).start();
    return keep(server, { tls });
  }

  async function keep(server: ScriptedServer, cloud: Partial<OpenStackCloud>): Promise<Scripted> {
    servers.push(server);
    const scripted = await openScripted({ server, cloud });
    opened.push(scripted);
    return scripted;
  }

  async function works(opening: Promise<Scripted>): Promise<void> {
    const { api, server } = await opening;
    const id = 'a';
    const body = { server: { id, status: 'ACTIVE', tenant_id: 'p', created: '2026-01-01T00:00:00Z' } };
    server.on('GET /compute/v2.1/servers/a', { body });
    server.on('DELETE /compute/v2.1/servers/a', { status: 204 });
    assert.equal((await api.compute.server(id))?.id, id);
    await api.compute.deleteServer(id);
  }

  it('refuses a certificate that nobody has signed', async () => {
    const error = await expectError('unreachable', open({ verify: true }), password);
    assert.match(error.message, /self.signed/);
    assert.match(error.action, /cacert/);
  });

  it('accepts one that the given authority has signed', () =>
    works(open({ verify: true, caFile: file('server.pem') })));

  it('refuses one that another authority has signed', () =>
    expectError('unreachable', open({ verify: true, caFile: file('client.pem') })));

  it('accepts any when the operator says so', () => works(open({ verify: false })));

  it('shows its own certificate, with the key in a file of its own or in the same', async () => {
    const trust = { verify: true, caFile: file('server.pem') };
    await works(open({ ...trust, certFile: file('client.pem'), keyFile: file('client.key') }, true));
    await works(open({ ...trust, certFile: file('both.pem') }, true));
    await expectError('unreachable', open(trust, true));
  });

  it('says which file cannot be read', async () => {
    const error = await expectError('bad-configuration', open({ verify: true, caFile: file('none.pem') }));
    assert.match(error.message, /none\.pem/);
  });

  it('does not speak plainly to a server that wants TLS, nor the other way', async () => {
    const plain = await new ScriptedServer().start();
    const authUrl = plain.base.replace('http:', 'https:');
    await expectError('unreachable', keep(plain, { authUrl }));
  });
});
