import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPasswordCommand } from '../../../../src/cloud/discovery/passwordCommand';
import { CancelledError } from '../../../../src/model/errors';
import { run } from '../../../cloud/run';
import { expectError } from '../expectError';

const secret = 's3cret-password';

describe('a password command', () => {
  for (const [what, printed, password] of [
    ['one line', `${secret}\n`, secret],
    ['a line without an end', secret, secret],
    ['more lines', `${secret}\nlogin: nova\n`, secret],
    ['a line end of Windows', `${secret}\r\nmore`, secret],
    ['spaces and quotes', ` "a" 'b' $(id) é \n`, ` "a" 'b' $(id) é `],
  ] as const) {
    it(`gives its first line: ${what}`, async () => {
      assert.equal(await runPasswordCommand(['printf', '%s', printed]), password);
    });
  }

  it('is no shell', async () => {
    assert.equal(await runPasswordCommand(['echo', '$HOME;`id`', '*', 'a  b']), '$HOME;`id` * a  b');
    await expectError('bad-configuration', runPasswordCommand(['echo hello']));
  });

  it('gets no input', async () => {
    await expectError('command-failed', runPasswordCommand(['cat']));
  });

  it('does not wait for what it has started in the background', async () => {
    const started = Date.now();
    const password = await runPasswordCommand(['sh', '-c', `sleep 20 & echo ${secret}`]);
    assert.equal(password, secret);
    assert.ok(Date.now() - started < 5000);
  });

  describe('that fails says so without a secret', () => {
    const failing: Readonly<Record<string, readonly string[]>> = {
      'with a status': ['sh', '-c', `echo ${secret}; exit 3`],
      'with a message': ['sh', '-c', `echo ${secret} >&2; exit 1`],
      'by a signal': ['sh', '-c', `echo ${secret}; kill -9 $$`],
      'with nothing': ['sh', '-c', `: ${secret}`],
      'with an empty line': ['sh', '-c', `echo; echo ${secret}`],
      'with too much': ['sh', '-c', `while :; do echo ${secret}; done`],
    };
    for (const [how, command] of Object.entries(failing)) {
      it(how, async () => {
        await expectError('command-failed', runPasswordCommand(command), secret);
      });
    }

    const unusable: Readonly<Record<string, readonly string[]>> = {
      'when there is no such program': ['/nowhere/store', secret],
      'when it is empty': [],
      'when its program is empty': ['', secret],
      'when it holds a NUL': ['echo', `${secret}\0`],
      'when it is too long': ['echo', secret.repeat(1_000_000)],
      'when it is a folder': ['/tmp', secret],
    };
    for (const [how, command] of Object.entries(unusable)) {
      it(how, async () => {
        await expectError('bad-configuration', runPasswordCommand(command), secret);
      });
    }

    it('when it may not be run', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'openstack-zombies-command-'));
      const file = join(folder, 'store');
      writeFileSync(file, '#!/bin/sh\n');
      chmodSync(file, 0o644);
      await expectError('bad-configuration', runPasswordCommand([file, secret]), secret);
      rmSync(folder, { recursive: true });
    });
  });

  describe('that takes too long', () => {
    async function children(): Promise<number> {
      return (await run('pgrep', ['-f', '^sleep 3141[.]59$'])).stdout.split('\n').filter(Boolean).length;
    }
    const command = ['sh', '-c', `echo ${secret}; sleep 3141.59; true`];

    it('is ended with all that it has started', async () => {
      await expectError('timed-out', runPasswordCommand(command, { timeoutMs: 300 }), secret);
      assert.equal(await children(), 0);
    });

    it('is ended when the operator gives up', async () => {
      const stop = new AbortController();
      setTimeout(() => stop.abort(), 300);
      await assert.rejects(runPasswordCommand(command, { signal: stop.signal }), CancelledError);
      assert.equal(await children(), 0);
      await assert.rejects(runPasswordCommand(command, { signal: stop.signal }), CancelledError);
    });
  });
});
