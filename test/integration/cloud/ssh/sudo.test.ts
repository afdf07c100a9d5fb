import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { passwordKey } from '../../../../src/cloud/passwords';
import { NotBegunError, type Shell, type ShellResult } from '../../../../src/cloud/ssh/shell';
import { CancelledError } from '../../../../src/model/errors';
import type { PasswordQuestion } from '../../../../src/model/ports';
import { expectError } from '../expectError';
import { openShell, shellTarget, type ShellTarget, type TargetChanges } from './shellTarget';
import { startSshServer, type SshServer } from './sshServer';
import { addUser, type SudoUser } from './sudoUser';

const free = 'USER ALL=(root) NOPASSWD: /bin/sh';
const withPassword = 'USER ALL=(root) /bin/sh';

describe('scripts as root', () => {
  let server: SshServer;
  let user: SudoUser;
  let opened: Shell[] = [];

  before(async () => {
    [server, user] = await Promise.all([startSshServer(), addUser()]);
  });

  afterEach(() => {
    for (const shell of opened) shell.close();
    opened = [];
  });

  after(async () => {
    await server.stop();
    await user.remove();
  });

  function target(changes: TargetChanges = {}, at = server): ShellTarget {
    return shellTarget(at, {
      knownHosts: `[127.0.0.1]:${at.port} ${at.hostKeys.join()}`,
      ...changes,
      ssh: { user: user.name, ...changes.ssh },
    });
  }

  async function open(place: ShellTarget): Promise<Shell> {
    const shell = await openShell(place);
    opened.push(shell);
    return shell;
  }

  async function asRoot(
    place: ShellTarget,
    script = 'id -u',
    args: readonly string[] = [],
  ): Promise<ShellResult> {
    return (await open(place)).run(script, args, { asRoot: true });
  }

  /** Answers questions one after the other. */
  function asking(
    ...answers: readonly (string | undefined)[]
  ): { questions: PasswordQuestion[] } & TargetChanges {
    const questions: PasswordQuestion[] = [];
    return { questions, password: (question) => Promise.resolve(answers[questions.push(question) - 1]) };
  }

  for (const pty of ['use_pty', '!use_pty']) {
    describe(`by sudo without a password, with ${pty}`, () => {
      before(() => user.allow(`Defaults:USER ${pty}`, free));

      it('run as root, and others as the login', async () => {
        const shell = await open(target());
        assert.deepEqual(await shell.run('id -u; echo err >&2; exit 7', [], { asRoot: true }), {
          code: 7,
          stdout: '0\n',
          stderr: 'err\n',
        });
        assert.equal((await shell.run('id -un', [])).stdout, `${user.name}\n`);
      });

      it('get arguments unchanged, an empty input, and give all their output', async () => {
        const args = ['', '-n', "a'b", '$(id)', 'a\nb\n', '\\', '\x01\t\r😀', 'x'.repeat(300_000)];
        const { stdout } = await asRoot(target(), 'for a in "$@"; do printf "%s\\0" "$a"; done; cat', args);
        assert.deepEqual(stdout.split('\0'), [...args, '']);
        const big = await asRoot(target(), 'head -c 5000000 /dev/zero | tr "\\0" x');
        assert.equal(big.stdout.length, 5_000_000);
      });

      it('put nothing of themselves on a command line', async () => {
        const { stdout } = await asRoot(target(), 'ps -eo args; : secret-script', ['secret-argument']);
        assert.match(stdout, /sudo -n -- \/bin\/sh -c/);
        assert.ok(!stdout.includes('secret-'));
      });

      it('end with all that they started when they are given up', async () => {
        const endless = 'echo $$ > "$1.new"; mv "$1.new" "$1"; sleep 600 & echo $! > "$1.pid"; wait';
        for (const how of ['cancelled', 'late']) {
          const mark = join(server.directory, `${how}-${pty}`);
          const stop = new AbortController();
          const shell = await openShell(target());
          const running = shell.run(endless, [mark], {
            asRoot: true,
            ...(how === 'late' ? { timeoutMs: 3000 } : { signal: stop.signal }),
          });
          const ended =
            how === 'late' ? expectError('timed-out', running) : assert.rejects(running, CancelledError);
          while (!existsSync(`${mark}.pid`)) await sleep(20);
          if (how === 'cancelled') stop.abort();
          await ended;
          shell.close();
          const pid = readFileSync(`${mark}.pid`, 'latin1').trim();
          while (existsSync(`/proc/${pid}`)) await sleep(20);
        }
      });
    });
  }

  for (const pty of ['use_pty', '!use_pty']) {
    describe(`by sudo with a password, with ${pty}`, () => {
      before(() => user.allow(`Defaults:USER ${pty}`, withPassword));

      it('ask for it once for many hosts, and keep it', async () => {
        const secrets = new Map<string, string>();
        const { questions, ...asked } = asking(user.password);
        const place = target({ ...asked, secrets });
        const results = await Promise.all([1, 2, 3, 4].map(() => asRoot(place)));
        assert.deepEqual(results, Array(4).fill({ code: 0, stdout: '0\n', stderr: '' }));
        assert.deepEqual(questions, [{ cloud: 'prod-eu', account: user.name, kind: 'sudo', refused: false }]);
        assert.deepEqual([...secrets], [[passwordKey('prod-eu', user.name), user.password]]);
        assert.equal((await asRoot(target({ secrets }), 'cat; id -u')).stdout, '0\n');
      });

      it('ask once more when it is wrong, and never a third time', async () => {
        const second = asking('wrong', user.password);
        assert.equal((await asRoot(target(second))).stdout, '0\n');
        assert.deepEqual(
          second.questions.map(({ refused }) => refused),
          [false, true],
        );
        const wrong = asking('wrong-secret', 'wrong-secret-too', user.password);
        const error = await expectError('refused-login', asRoot(target(wrong)), 'wrong-secret');
        assert.ok(error instanceof NotBegunError);
        assert.equal(wrong.questions.length, 2);
        await assert.rejects(asRoot(target(asking(undefined))), CancelledError);
      });

      it('do not count the time that the operator takes over it', async () => {
        const password = (): Promise<string> => sleep(1500, user.password);
        const shell = await open(target({ password }));
        const { stdout } = await shell.run('id -u', [], { asRoot: true, timeoutMs: 1000 });
        assert.equal(stdout, '0\n');
        await expectError('timed-out', shell.run('sleep 60', [], { asRoot: true, timeoutMs: 300 }));
      });

      it('show it to nobody, and give it to no script', async () => {
        const said: string[] = [];
        const write = (text: string): void => void said.push(text);
        const place = target({
          ...asking(user.password),
          logger: { debug: write, info: write, warn: write, error: write },
        });
        const { stdout, stderr } = await asRoot(place, 'ps -eo args; env; cat; set', ['argument']);
        assert.match(stdout, /sudo -S -p/);
        assert.ok(![...said, stdout, stderr].join('\n').includes(user.password));
      });
    });
  }

  describe('by sudo that refuses', () => {
    it('show the line that sudoers lacks, and ask for no password twice', async () => {
      await user.allow('# nothing');
      const { questions, ...asked } = asking(user.password, user.password);
      const place = target(asked);
      for (let time = 0; time < 2; time++) {
        const error = await expectError('permission-denied', asRoot(place), user.password);
        assert.match(error.message, new RegExp(`sudo is not allowed for ${user.name} on compute-01`));
        assert.ok(error.action.includes(free.replace('USER', user.name)), error.action);
        assert.ok(error instanceof NotBegunError);
      }
      assert.equal(questions.length, 1);
      await user.allow('USER ALL=(root) NOPASSWD: /bin/true');
      await expectError('permission-denied', asRoot(target(asking(user.password))));
    });

    it('say so where sudo wants a terminal, or is not there', async () => {
      await user.allow('Defaults:USER requiretty', free);
      assert.match((await expectError('permission-denied', asRoot(target()))).action, /!requiretty/);
      const bin = join(server.directory, 'bin');
      mkdirSync(bin);
      for (const name of ['env', 'sh', 'id']) symlinkSync(`/usr/bin/${name}`, join(bin, name));
      const bare = await startSshServer({ lines: [`SetEnv PATH=${bin}`] });
      const error = await expectError('permission-denied', asRoot(target({}, bare)));
      assert.match(error.message, /no sudo on compute-01/);
      opened.pop()?.close();
      await bare.stop();
    });
  });

  it('are given up where what is called sudo does not stop talking', async () => {
    const bin = join(server.directory, 'bin-flood');
    mkdirSync(bin);
    for (const name of ['env', 'sh', 'id', 'yes']) symlinkSync(`/usr/bin/${name}`, join(bin, name));
    writeFileSync(join(bin, 'sudo'), '#!/bin/sh\nexec yes flood >&2\n', { mode: 0o755 });
    const flooding = await startSshServer({ lines: [`SetEnv PATH=${bin}`] });
    const error = await expectError('command-failed', asRoot(target({}, flooding)));
    assert.match(error.message, /sudo failed on compute-01: (flood\s+)+/);
    assert.ok(error.message.length < 1000);
    opened.pop()?.close();
    await flooding.stop();
  });

  it('stay with the login when the settings say so, or when it is root', async () => {
    await user.allow(free);
    assert.notEqual((await asRoot(target({ ssh: { sudo: 'no' } }))).stdout, '0\n');
    await user.allow('# nothing');
    const shell = await open(
      shellTarget(server, { knownHosts: `[127.0.0.1]:${server.port} ${server.hostKeys.join()}` }),
    );
    assert.equal((await shell.run('id -u', [], { asRoot: true })).stdout, `${process.getuid?.()}\n`);
  });
});
