import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Shell } from '../../../../src/cloud/ssh/shell';
import { CancelledError } from '../../../../src/model/errors';
import { waitFor } from '../../../cloud/ports';
import { run } from '../../../cloud/run';
import { expectError } from '../expectError';
import { openShell, shellTarget, type ShellTarget } from './shellTarget';
import { startSilentServer } from '../database/silentServer';
import { newKey, startSshServer, type SshServer } from './sshServer';

describe('a shell over SSH', () => {
  let server: SshServer;
  let shell: Shell;

  before(async () => {
    server = await startSshServer();
    shell = await openShell(target());
  });

  after(async () => {
    shell.close();
    await server.stop();
  });

  function target(changes: Parameters<typeof shellTarget>[1] = {}): ShellTarget {
    return shellTarget(server, {
      knownHosts: `[127.0.0.1]:${server.port} ${server.hostKeys.join()}`,
      ...changes,
    });
  }

  describe('running a script', () => {
    it('gives its status, its output and its errors', async () => {
      const result = await shell.run('echo out; echo err >&2; exit 7', []);
      assert.deepEqual(result, { code: 7, stdout: 'out\n', stderr: 'err\n' });
    });

    for (const stream of ['1', '2']) {
      it(`stops reading a host that does not stop talking, on stream ${stream}`, async () => {
        const marker = join(server.directory, `flood-${stream}`);
        const error = await expectError(
          'bad-answer',
          shell.run('echo $$ > "$3"; yes "$1" >&"$2"', ['flood '.repeat(1000), stream, marker]),
        );
        assert.match(error.message, /compute-01 says more than any answer holds/);
        // What it was running has ended, and the connection is as good as before.
        const pid = readFileSync(marker, 'utf8').trim();
        await waitFor('the end of the flood', 20, () => Promise.resolve(!existsSync(`/proc/${pid}`)));
        assert.equal((await shell.run('echo next', [])).stdout, 'next\n');
      });
    }

    it('hands arguments over unchanged', async () => {
      const args = [
        '',
        '-n',
        '--',
        "a'b",
        'a"b',
        '$(id)',
        '`id`',
        'a\nb\n',
        '*',
        '\\',
        '\x01\x81\t\r\u2028é😀',
      ];
      const { stdout } = await shell.run('for a in "$@"; do printf "%s\\0" "$a"; done', [
        ...args,
        'x'.repeat(255),
      ]);
      assert.deepEqual(stdout.split('\0'), [...args, 'x'.repeat(255), '']);
    });

    it('puts nothing of script or arguments on a command line', async () => {
      const script = 'tr "\\0" " " < /proc/$$/cmdline; : secret-script';
      const { stdout } = await shell.run(script, ['secret-argument']);
      assert.match(stdout, /^sh -c IFS=/);
      assert.ok(!stdout.includes('secret'));
    });

    it('gives 10 MB of output whole', async () => {
      const { stdout } = await shell.run('head -c 10485760 /dev/zero | tr "\\0" x', []);
      assert.equal(stdout, 'x'.repeat(10_485_760));
    });

    it('runs scripts side by side', async () => {
      const results = await Promise.all(['1', '2', '3', '4'].map((n) => shell.run('echo "$1"', [n])));
      assert.equal(results.map(({ stdout }) => stdout).join(''), '1\n2\n3\n4\n');
    });

    it('gives 128 for a script that a signal ended', async () => {
      assert.equal((await shell.run('kill -9 $$', [])).code, 128);
    });
  });

  describe('giving up a script', () => {
    // In the background, so that ending the shell alone would not be enough.
    const endless = 'echo $$ > "$1.new"; mv "$1.new" "$1"; sleep 600 & wait';

    async function untilEnded(mark: string): Promise<void> {
      const group = readFileSync(mark, 'latin1').trim();
      while ((await run('pgrep', ['-g', group, '-x', 'sleep'])).code === 0) await pause();
    }

    it('ends all that it started when the operator cancels', async () => {
      const mark = join(server.directory, 'cancelled');
      const stop = new AbortController();
      const running = shell.run(endless, [mark], { signal: stop.signal });
      while (!existsSync(mark)) await pause();
      stop.abort();
      await assert.rejects(running, CancelledError);
      await untilEnded(mark);
    });

    it('ends it when its time is up, even if the shell is closed at once', async () => {
      const mark = join(server.directory, 'late');
      const own = await openShell(target());
      const error = await expectError('timed-out', own.run(endless, [mark], { timeoutMs: 2000 }));
      own.close();
      assert.match(error.message, /compute-01/);
      await untilEnded(mark);
    });

    it('starts nothing when it was cancelled before', async () => {
      const mark = join(server.directory, 'never');
      await assert.rejects(shell.run('> "$1"', [mark], { signal: AbortSignal.abort() }), CancelledError);
      await shell.run('true', []);
      assert.equal(existsSync(mark), false);
    });
  });

  describe('failing', () => {
    it('says that a script was cut off when the connection is lost', async () => {
      const own = await openShell(target());
      await expectError('unreachable', own.run('kill -9 $PPID; sleep 600', []));
      await expectError('unreachable', own.run('true', []));
    });

    it('says that nobody listens there', async () => {
      const error = await expectError('unreachable', openShell(target({ port: 1 })));
      assert.match(error.message, /compute-01 \(127\.0\.0\.1:1\)/);
      await expectError('unreachable', openShell(target({ address: 'no-such-host.invalid' })));
    });

    it('does not wait for a host that never speaks', async () => {
      const silent = await startSilentServer();
      await expectError('timed-out', openShell(target({ port: silent.port, config: 'ConnectTimeout 1' })));
      silent.stop();
    });

    it('gives up a login that is cancelled', async () => {
      const silent = await startSilentServer();
      const stop = new AbortController();
      const opening = openShell(target({ port: silent.port }), stop.signal);
      setTimeout(() => stop.abort(), 50);
      await assert.rejects(opening, CancelledError);
      silent.stop();
    });

    it('says which user was refused', async () => {
      const keyFile = join(server.directory, 'stranger');
      await newKey(keyFile, 'ed25519');
      const error = await expectError('refused-login', openShell(target({ keyFile })));
      assert.match(error.action, new RegExp(server.user));
    });

    it('says that a forced command ran in place of the script', async () => {
      const keyFile = join(server.directory, 'forced');
      await newKey(keyFile, 'ed25519');
      const key = readFileSync(`${keyFile}.pub`, 'latin1');
      writeFileSync(`${server.keyFile}.pub`, `command="echo only backups" ${key}`, { flag: 'a' });
      const forced = await openShell(target({ keyFile }));
      const error = await expectError('command-failed', forced.run('echo 0', []));
      assert.match(error.message, /only backups/);
      forced.close();
    });
  });

  describe('the login key', () => {
    it('may not be there', async () => {
      const keyFile = join(server.directory, 'missing');
      const error = await expectError('bad-configuration', openShell(target({ keyFile })));
      assert.match(error.action, /ssh\.keyFile/);
    });

    it('may be something else', async () => {
      const keyFile = `${server.keyFile}.pub`;
      await expectError('bad-configuration', openShell(target({ keyFile })));
      await expectError('bad-configuration', openShell(target({ keyFile: '/etc/hostname' })));
    });

    it('may come from an agent', async () => {
      const socket = join(server.directory, 'agent');
      const agent = await run('ssh-agent', ['-a', socket]);
      const pid = /SSH_AGENT_PID=(\d+)/.exec(agent.stdout)?.[1] ?? assert.fail(agent.stderr);
      const before = process.env.SSH_AUTH_SOCK;
      process.env.SSH_AUTH_SOCK = socket;
      try {
        const empty = await expectError('bad-configuration', openShell(target({ agent: true })));
        assert.match(empty.message, /the SSH agent has no key/);
        await run('ssh-add', ['-q', server.keyFile]);
        const own = await openShell(target({ agent: true }));
        assert.equal((await own.run('echo hello', [])).stdout, 'hello\n');
        own.close();
        delete process.env.SSH_AUTH_SOCK;
        const error = await expectError('bad-configuration', openShell(target({ agent: true })));
        assert.match(error.message, /SSH_AUTH_SOCK/);
      } finally {
        process.kill(Number(pid));
        if (before !== undefined) process.env.SSH_AUTH_SOCK = before;
      }
    });
  });

  it('needs no native code', async () => {
    const files = ['noNativeCode.cjs', 'sayHello.ts'].map((name) => join('test/integration/cloud/ssh', name));
    const { host, ssh } = target();
    const args = [
      '--require',
      `./${files[0]}`,
      '--import',
      'tsx',
      files[1] ?? '',
      JSON.stringify({ host, ssh }),
    ];
    assert.deepEqual(await run(process.execPath, args), { code: 0, stdout: 'hello\n', stderr: '' });
  });
});

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
