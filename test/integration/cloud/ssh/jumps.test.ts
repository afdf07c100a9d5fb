import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Shell } from '../../../../src/cloud/ssh/shell';
import { CancelledError, OperatorError } from '../../../../src/model/errors';
import type { HostKeyQuestion } from '../../../../src/model/ports';
import { waitFor } from '../../../cloud/ports';
import { run } from '../../../cloud/run';
import { startSilentServer } from '../database/silentServer';
import { expectError } from '../expectError';
import { openShell, shellTarget, type ShellTarget, type TargetChanges } from './shellTarget';
import { newKey, startSshServer, type SshServer } from './sshServer';

describe('jump hosts', () => {
  let target: SshServer;
  let outer: SshServer;
  let inner: SshServer;
  let closed: SshServer;

  before(async () => {
    [target, outer, inner, closed] = await Promise.all([
      startSshServer(),
      startSshServer({ address: '127.0.2.1' }),
      startSshServer({ address: '127.0.2.2' }),
      startSshServer({ address: '127.0.2.3', lines: ['AllowTcpForwarding no'] }),
    ]);
  });

  after(() => Promise.all([target, outer, inner, closed].map((server) => server.stop())));

  /** compute-01 behind `jump`; the keys of all hosts are known, except the jump hosts of `unknown`. */
  function behind(
    jump: string | undefined,
    { config = '', ...changes }: TargetChanges = {},
    unknown: readonly SshServer[] = [],
  ): ShellTarget {
    const known = [target, outer, inner, closed].filter((server) => !unknown.includes(server));
    return shellTarget(target, {
      knownHosts: known
        .map((server) => `[${server.address}]:${server.port} ${server.hostKeys.join()}`)
        .join('\n'),
      config: [
        ...config.split('\n'),
        ...['outer', 'inner', 'closed'].map((name, index) => hostBlock(name, [outer, inner, closed][index])),
      ].join('\n'),
      jumpTimes: { idleMs: 100, failureMs: 1000 },
      ...changes,
      ...(jump === undefined ? {} : { ssh: { jump } }),
    });
  }

  const left = (): Promise<void> =>
    waitFor('the jump hosts are left', 5, async () => {
      const open = await Promise.all([outer, inner].map(connections));
      return open.every((count) => count === 0);
    });

  it('are passed one after the other, each with its own key', async () => {
    const shell = await openShell(behind('outer,inner'));
    assert.equal(await hello(shell), 'hello\n');
    assert.deepEqual(await Promise.all([outer, inner].map(connections)), [1, 1]);
    shell.close();
    await left();
  });

  it('are connected to once for all hosts behind them, and left when nobody needs them', async () => {
    const place = behind('outer,inner', { jumpTimes: { idleMs: 300, failureMs: 100 } });
    const shells = await Promise.all([1, 2, 3, 4, 5, 6].map(() => openShell(place)));
    assert.deepEqual(await Promise.all(shells.map(hello)), Array(6).fill('hello\n'));
    assert.deepEqual(await Promise.all([outer, inner].map(connections)), [1, 1]);
    for (const shell of shells.slice(1)) shell.close();
    await sleep(600);
    assert.equal(await hello(shells[0] ?? assert.fail()), 'hello\n');
    shells[0]?.close();
    await left();
    const again = await openShell(place);
    assert.equal(await hello(again), 'hello\n');
    again.close();
  });

  describe('whose key is unknown', () => {
    it('are asked about once, by their own name, whoever goes through', async () => {
      const asked: HostKeyQuestion[] = [];
      const trustHostKey = (question: HostKeyQuestion): Promise<boolean> =>
        Promise.resolve(asked.push(question) > 0);
      const place = behind('outer,inner', { trustHostKey }, [outer]);
      const shells = await Promise.all([1, 2, 3, 4].map(() => openShell(place)));
      for (const shell of shells) shell.close();
      assert.deepEqual(
        asked.map(({ host, address, port }) => [host, address, port]),
        [['outer', outer.address, outer.port]],
      );
    });

    it('keep everybody out after one no', async () => {
      let asked = 0;
      const place = behind('outer', { trustHostKey: () => Promise.resolve(++asked < 0) }, [outer]);
      for (const opening of [openShell(place), openShell(place)]) {
        assert.match((await expectError('host-key-unknown', opening)).message, /The key of outer/);
      }
      await expectError('host-key-unknown', openShell(place));
      assert.equal(asked, 1);
    });

    it('keep us out without a question under "StrictHostKeyChecking yes", and in under "accept-new"', async () => {
      const strict = behind('outer', { config: 'Host outer\nStrictHostKeyChecking yes' }, [outer]);
      assert.match(
        (await expectError('host-key-unknown', openShell(strict))).action,
        /StrictHostKeyChecking/,
      );
      const shell = await openShell(
        behind('outer', { config: 'Host outer\nStrictHostKeyChecking accept-new' }, [outer]),
      );
      shell.close();
    });

    it('are known by their HostKeyAlias', async () => {
      const config = 'Host outer\nHostKeyAlias the-bastion\nHost compute-01\nHostKeyAlias the-target';
      const knownHosts = `the-bastion ${outer.hostKeys.join()}\nthe-target ${target.hostKeys.join()}`;
      const shell = await openShell(behind('outer', { config, knownHosts }));
      shell.close();
    });
  });

  it('with another key than before, or a revoked one, keep us out', async () => {
    const other = `[${outer.address}]:${outer.port} ${inner.hostKeys.join()}`;
    const changed = await expectError('host-key-changed', openShell(behind('outer', { knownHosts: other })));
    assert.match(changed.message, /^outer /);
    const revoked = `@revoked * ${outer.hostKeys.join()}`;
    const error = await expectError('host-key-changed', openShell(behind('outer', { knownHosts: revoked })));
    assert.match(error.message, /^outer .* revoked/);
  });

  it('that refuse our key are named', async () => {
    await newKey(`${outer.directory}/stranger`, 'ed25519');
    const login = `User ${outer.user}\nIdentityFile ${outer.directory}/stranger\nIdentityAgent none`;
    const config = `Host other\nHostName ${outer.address}\nPort ${outer.port}\n${login}`;
    const error = await expectError('refused-login', openShell(behind('other', { config })));
    assert.match(error.message, /^other /);
    assert.match(error.action, /stranger/);
  });

  it('that forward nothing are named, and so are hosts that they do not reach', async () => {
    const error = await expectError('permission-denied', openShell(behind('closed')));
    assert.match(`${error.message} ${error.action}`, /closed .*AllowTcpForwarding/);
    const nobody = await expectError('unreachable', openShell(behind('outer', { port: 1 })));
    assert.match(nobody.message, /outer does not get through to compute-01 \(127\.0\.0\.1:1\)/);
  });

  it('that hang delay nobody who does not need them', async () => {
    const silent = await startSilentServer();
    const config = `Host hung\nHostName 127.0.0.1\nPort ${silent.port}\nConnectTimeout 2`;
    const hung = expectError('timed-out', openShell(behind('hung', { config })));
    const stop = new AbortController();
    const cancelled = assert.rejects(openShell(behind('hung', { config }), stop.signal), CancelledError);
    let late = false;
    void hung.then(() => (late = true));
    const shell = await openShell(behind('outer'));
    stop.abort();
    await cancelled;
    assert.equal(late, false);
    shell.close();
    assert.match((await hung).message, /^hung /);
    silent.stop();
  });

  it('that stop answering are given up, and connected to again', async () => {
    const config = 'Host *\nServerAliveInterval 1\nServerAliveCountMax 1';
    await left();
    const place = behind('outer', { config });
    const shell = await openShell(place);
    const running = shell.run('sleep 60', []);
    const { stdout } = await run('pgrep', ['-P', String(outer.pid)]);
    const pid = Number(stdout.trim());
    process.kill(pid, 'SIGSTOP');
    try {
      await expectError('unreachable', running);
      const again = await openShell(place);
      assert.equal(await hello(again), 'hello\n');
      again.close();
    } finally {
      process.kill(pid, 'SIGKILL');
    }
  });

  describe('replaced by a ProxyCommand', () => {
    const through = (command: string): ShellTarget =>
      behind(undefined, { config: `Host compute-01\nConnectTimeout 2\nProxyCommand ${command}` });

    it('carry the connection until it is closed', async () => {
      const command = `ssh -F none -i ${outer.keyFile} -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -p ${outer.port} -W %h:%p ${outer.user}@${outer.address}`;
      const shell = await openShell(through(command));
      assert.equal(await hello(shell), 'hello\n');
      assert.ok((await connections(outer)) > 0);
      shell.close();
      await waitFor(
        'the command has ended',
        5,
        async () => (await run('pgrep', ['-f', '--', `-p ${outer.port} -W`])).code === 1,
      );
    });

    it('say what the command said when it fails', async () => {
      const failing = through('sh -c "echo no route from here >&2; exit 1"');
      assert.match((await expectError('unreachable', openShell(failing))).message, /no route from here/);
      const missing = through('/no/such/program %h');
      assert.match((await expectError('unreachable', openShell(missing))).message, /not found/);
      const silent = through('sleep 60');
      assert.ok(OperatorError.is(await openShell(silent).catch((error: unknown) => error), 'timed-out'));
    });
  });
});

async function hello(shell: Shell): Promise<string> {
  return (await shell.run('echo "$1"', ['hello'])).stdout;
}

/** How many connections the sshd has: a process each. */
async function connections({ pid }: SshServer): Promise<number> {
  return (await run('pgrep', ['-P', String(pid)])).stdout.split('\n').length - 1;
}

function hostBlock(name: string, server: SshServer | undefined): string {
  if (server === undefined) return '';
  const { address, port, user, keyFile } = server;
  return `Host ${name}\nHostName ${address}\nPort ${port}\nUser ${user}\nIdentityFile ${keyFile}\nIdentityAgent none`;
}
