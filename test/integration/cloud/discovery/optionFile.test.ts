import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { clientGroups, readOptionFile, readOptions } from '../../../../src/cloud/discovery/optionFile';
import { must, run } from '../../../cloud/run';
import { expectError } from '../expectError';
import { optionFiles } from './optionFiles';

describe('option files', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'openstack-zombies-options-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function plant(files: Readonly<Record<string, string>>): string {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text.replaceAll('@', folder));
    }
    return join(folder, 'my.cnf');
  }

  /** What my_print_defaults says, or undefined when it gives up. */
  async function referee(file: string): Promise<string | undefined> {
    const { code, stdout } = await run('my_print_defaults', [`--defaults-file=${file}`, ...clientGroups]);
    return code === 0 ? stdout : undefined;
  }

  async function own(file: string): Promise<string | undefined> {
    try {
      const options = await readOptions(file, clientGroups);
      return options
        .map(({ name, value }) => `--${name}${value === undefined ? '' : `=${value}`}\n`)
        .join('');
    } catch {
      return undefined;
    }
  }

  describe('are read as MariaDB reads them', () => {
    it('in a table of at least 15', () => assert.ok(Object.keys(optionFiles).length >= 15));

    for (const [name, files] of Object.entries(optionFiles)) {
      it(`with ${name}`, async () => {
        const file = plant(files);
        assert.equal(await own(file), await referee(file));
      });
    }

    it('whatever lines they are made of', async () => {
      const part = fc.constantFrom(
        'a',
        '=',
        ' ',
        '"',
        "'",
        '#',
        ';',
        '\\',
        '\\n',
        '\\s',
        '[',
        ']',
        '\t',
        'user',
      );
      const line = fc.oneof(
        { weight: 4, arbitrary: fc.array(part, { maxLength: 8 }).map((parts) => `u${parts.join('')}`) },
        { weight: 1, arbitrary: fc.array(part, { maxLength: 4 }).map((parts) => parts.join('')) },
        { weight: 1, arbitrary: fc.constantFrom('[client]', '[mysql]', '[mysqld]') },
      );
      // my_print_defaults prints an option without a name twice; nothing that we look for has none.
      const named = line.filter((each) => !/^\s*=/.test(each));
      const text = fc.array(named, { maxLength: 8 }).map((lines) => `[client]\n${lines.join('\n')}\n`);
      // A sample that is the same in every run: what the referee finds has to be found again.
      for (const each of fc.sample(text, { numRuns: 150, seed: 2 })) {
        const file = plant({ 'my.cnf': each });
        assert.equal(await own(file), await referee(file), JSON.stringify(each));
      }
    });

    it('by the client itself', async () => {
      const file = plant({ 'my.cnf': '[client]\nuser=nova\n[mariadb]\nport=1\n[mariadbd]\nport=2\n' });
      const said = await must('mariadb', [`--defaults-file=${file}`, '--print-defaults']);
      const words = said.trim().split('\n').at(-1)?.trim();
      assert.equal(words, (await own(file))?.trim());
    });
  });

  it('give a login', async () => {
    const file = plant({
      'my.cnf': `[client]
user = nova
password = "se#cret"
host = db.example.org
port = 3307
socket = /run/db.sock
ssl_ca = /etc/ca.pem
ssl-cert = /etc/cert.pem
ssl-key = /etc/key.pem
ssl-verify-server-cert
`,
    });
    assert.deepEqual(await readOptionFile(file), {
      user: 'nova',
      password: 'se#cret',
      host: 'db.example.org',
      port: 3307,
      socketPath: '/run/db.sock',
      tls: { verify: 'identity', ca: '/etc/ca.pem', cert: '/etc/cert.pem', key: '/etc/key.pem' },
    });
  });

  it('ask for TLS or do not', async () => {
    const cases: readonly (readonly [string, unknown])[] = [
      ['user=a', undefined],
      ['ssl', { verify: 'none' }],
      ['ssl=0', undefined],
      ['ssl-ca=/ca.pem', { verify: 'none', ca: '/ca.pem' }],
      ['ssl-ca=/ca.pem\nskip-ssl', undefined],
      ['ssl-verify-server-cert=off\nssl=1', { verify: 'none' }],
      ['loose-ssl-verify-server-cert', { verify: 'identity' }],
    ];
    for (const [text, tls] of cases) {
      const login = await readOptionFile(plant({ 'my.cnf': `[client]\n${text}\n` }));
      assert.deepEqual(login.tls, tls, text);
    }
  });

  it('have no password where it is left to a question', async () => {
    assert.deepEqual(await readOptionFile(plant({ 'my.cnf': '[client]\npassword=a\npassword\n' })), {});
  });

  it('are refused with a reason that shows nothing of them', async () => {
    const secret = 's3cret-password';
    const cases: Readonly<Record<string, string>> = {
      'a fault': `[client]\npassword=${secret}\n[${secret}\n`,
      'no group': `${secret}\n`,
      'a port': `[client]\npassword=${secret}\nport=${secret}\n`,
      'a folder': `[client]\npassword=${secret}\n!includedir /none\n`,
      'its length': `[client]\npassword=${secret}\n${'#\n'.repeat(600_000)}`,
    };
    for (const text of Object.values(cases)) {
      await expectError('bad-configuration', readOptionFile(plant({ 'my.cnf': text })), secret);
    }
    await expectError('bad-configuration', readOptionFile(join(folder, 'none.cnf')));
    await expectError('bad-configuration', readOptionFile(folder));
    const include = { 'my.cnf': '[client]\n!include @/b.cnf\n', 'b.cnf': `${secret}\n` };
    const broken = await expectError('bad-configuration', readOptionFile(plant(include)), secret);
    assert.match(broken.message, /b\.cnf:1/);
    const open = plant({ 'my.cnf': `[client]\npassword=${secret}\n` });
    chmodSync(open, 0o666);
    const error = await expectError('bad-configuration', readOptionFile(open), secret);
    assert.match(error.message, /chmod o-w/);
  });

  it('do not include each other without end', async () => {
    const file = plant({ 'my.cnf': '!includedir @/d\n', ...Object.fromEntries(many()) });
    await expectError('bad-configuration', readOptionFile(file));
  });

  function many(): [string, string][] {
    return Array.from({ length: 20 }, (_, index) => [
      `d/${index}.cnf`,
      '!includedir @/d\n[client]\nuser=a\n',
    ]);
  }

  it('never make it throw anything but its one error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        const file = join(folder, 'my.cnf');
        writeFileSync(file, text);
        await readOptionFile(file).catch((error: unknown) => assert.match(String(error), /^OperatorError/));
      }),
    );
  });
});
