import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { fingerprint, type HostKeyStore } from '../../../../src/cloud/ssh/hostKeys';
import { keyOf, parseKnownHosts, speaksOf, type HostKey } from '../../../../src/cloud/ssh/knownHosts';
import type { HostKeyQuestion } from '../../../../src/model/ports';
import { must, run } from '../../../cloud/run';
import { expectError } from '../expectError';
import { openShell, shellTarget, type TargetChanges } from './shellTarget';
import { startSshServer, type SshServer } from './sshServer';

describe('host keys', () => {
  let server: SshServer;
  let place: string;

  before(async () => {
    server = await startSshServer({ keyTypes: ['ed25519', 'ecdsa', 'rsa'] });
    place = `[127.0.0.1]:${server.port}`;
  });

  after(() => server.stop());

  /** Logs in, says hello, logs out. */
  async function visit(changes: TargetChanges): Promise<void> {
    const shell = await openShell(shellTarget(server, changes));
    assert.equal((await shell.run('echo hello', [])).stdout, 'hello\n');
    shell.close();
  }

  function serverKey(type: string): string {
    return server.hostKeys.find((key) => key.startsWith(`${type} `)) ?? assert.fail(`no ${type}`);
  }

  /** A key that the server does not have. */
  async function strangeKey(type: string): Promise<string> {
    const file = join(server.directory, `strange-${type}-${Math.random()}`);
    await must('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', '', '-f', file]);
    return (await must('cat', [`${file}.pub`])).split(' ').slice(0, 2).join(' ');
  }

  describe('in known_hosts', () => {
    for (const type of ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ssh-rsa']) {
      it(`are found, even if only the ${type} one of several is there`, async () => {
        await visit({ knownHosts: `${place} ${serverKey(type)}` });
      });
    }

    it('are found by the name of the host, hashed or not, and by a pattern', async () => {
      const key = serverKey('ssh-ed25519');
      await visit({ knownHosts: `[compute-01]:${server.port} ${key}` });
      await visit({ knownHosts: `compute-02,[*]:${server.port} ${key}` });
      const file = join(server.directory, 'to-hash');
      writeFileSync(file, `${place} ${key}\n`);
      await must('ssh-keygen', ['-H', '-f', file]);
      const hashed = await must('cat', [file]);
      assert.match(hashed, /^\|1\|/);
      await visit({ knownHosts: hashed });
    });

    it('refuse a host with another key, and show both fingerprints', async () => {
      for (const type of ['ed25519', 'rsa']) {
        const strange = await strangeKey(type);
        const error = await expectError(
          'host-key-changed',
          openShell(shellTarget(server, { knownHosts: `${place} ${strange}` })),
        );
        const shown = type === 'rsa' ? serverKey('ssh-rsa') : serverKey('ssh-ed25519');
        assert.ok(error.message.includes(await fingerprintOf(shown)), error.message);
        assert.ok(error.message.includes(await fingerprintOf(strange)), error.message);
        assert.match(error.action, /known_hosts/);
      }
    });

    it('refuse a revoked key', async () => {
      const key = serverKey('ssh-ed25519');
      const knownHosts = `${place} ${key}\n@revoked * ${key}`;
      const error = await expectError('host-key-changed', openShell(shellTarget(server, { knownHosts })));
      assert.match(error.message, /revoked/);
    });

    it('refuse a host that only a certificate authority vouches for', async () => {
      const knownHosts = `@cert-authority [*]:${server.port} ${await strangeKey('ed25519')}`;
      const error = await expectError('host-key-unknown', openShell(shellTarget(server, { knownHosts })));
      assert.match(error.message, /certificate authority/);
    });

    it('must be readable', async () => {
      const ssh = { knownHostsFile: server.directory };
      await expectError('bad-configuration', openShell(shellTarget(server, { ssh })));
    });
  });

  describe('that are unknown', () => {
    it('are shown once with the fingerprint of ssh-keygen, and remembered after a yes', async () => {
      const asked: HostKeyQuestion[] = [];
      const store = memoryStore();
      const trustHostKey = (question: HostKeyQuestion): Promise<boolean> =>
        Promise.resolve(asked.push(question) > 0);
      await visit({ store, trustHostKey });
      assert.deepEqual(asked, [
        {
          cloud: 'prod-eu',
          host: 'compute-01',
          address: '127.0.0.1',
          port: server.port,
          keyType: 'ssh-ed25519',
          fingerprint: await fingerprintOf(serverKey('ssh-ed25519')),
        },
      ]);
      assert.deepEqual([...store.keys], [[`prod-eu/${place}`, [serverKey('ssh-ed25519')]]]);
      await visit({ store });
    });

    it('are asked about once when several logins come at once', async () => {
      let asked = 0;
      const target = shellTarget(server, { trustHostKey: () => Promise.resolve(++asked > 0) });
      const shells = await Promise.all([1, 2, 3, 4].map(() => openShell(target)));
      assert.equal(asked, 1);
      for (const shell of shells) shell.close();
    });

    it('keep us out after a no', async () => {
      const store = memoryStore();
      const target = shellTarget(server, { store, trustHostKey: () => Promise.resolve(false) });
      const error = await expectError('host-key-unknown', openShell(target));
      assert.ok(error.message.includes(await fingerprintOf(serverKey('ssh-ed25519'))));
      assert.equal(store.keys.size, 0);
    });

    it('keep us out for ever when another one was trusted before', async () => {
      const store = memoryStore();
      await store.add(`prod-eu/${place}`, await strangeKey('ed25519'));
      await expectError('host-key-changed', openShell(shellTarget(server, { store })));
    });

    it('keep no connection open, which could time out, while the operator thinks', async () => {
      const trustHostKey = async (): Promise<boolean> => {
        while ((await run('pgrep', ['-P', String(server.pid)])).code === 0);
        return true;
      };
      await visit({ trustHostKey });
    });
  });

  it('are matched to hosts as ssh-keygen -F does', async () => {
    const file = join(server.directory, 'patterns');
    const names = ['compute-01', 'compute-1', 'compute-01.example.org', '10.0.1.1', '[compute-01]:2222'];
    const wildcards = [
      'comp*',
      'compute-0?',
      '*',
      '10.0.*',
      '[*]:2222',
      '*.example.org',
      '10.0.1.?',
      'compute.01',
    ];
    const atom = fc.constantFrom(...names, ...names.map((name) => name.toUpperCase()), ...wildcards);
    const pattern = fc.tuple(fc.boolean(), atom).map(([denied, text]) => (denied ? `!${text}` : text));
    const hosts = fc.array(pattern, { minLength: 1, maxLength: 3 }).map((patterns) => patterns.join(','));
    const key = serverKey('ssh-ed25519');
    await fc.assert(
      fc.asyncProperty(fc.array(hosts, { minLength: 30 }), fc.boolean(), async (fields, hash) => {
        writeFileSync(file, fields.map((field) => `${field} ${key}\n`).join(''));
        if (hash) await run('ssh-keygen', ['-q', '-H', '-f', file]);
        const lines = parseKnownHosts(await must('cat', [file]));
        for (const name of names) {
          const { stdout } = await run('ssh-keygen', ['-F', name, '-f', file]);
          const referee = [...stdout.matchAll(/found: line (\d+)/g)].map(([, number]) => Number(number));
          const own = lines.flatMap((line, index) => (speaksOf(line, name) ? [index + 1] : []));
          assert.deepEqual(own, referee, `${name} in ${fields.join(' ')}`);
        }
      }),
      { numRuns: 10 },
    );
  });

  it('have the fingerprints of ssh-keygen -l', async () => {
    for (const text of server.hostKeys) {
      assert.equal(fingerprint(parse(text)), await fingerprintOf(text));
    }
  });

  async function fingerprintOf(key: string): Promise<string> {
    const file = join(server.directory, `fingerprint-${Math.random()}`);
    writeFileSync(file, `${key}\n`);
    return (await must('ssh-keygen', ['-l', '-f', file])).split(' ')[1] ?? '';
  }
});

function parse(text: string): HostKey {
  return keyOf(Buffer.from(text.split(' ')[1] ?? '', 'base64')) ?? assert.fail(text);
}

function memoryStore(): HostKeyStore & { readonly keys: Map<string, string[]> } {
  const keys = new Map<string, string[]>();
  return {
    keys,
    get: (name) => keys.get(name) ?? [],
    add: (name, key) => Promise.resolve(void keys.set(name, [...(keys.get(name) ?? []), key])),
  };
}
