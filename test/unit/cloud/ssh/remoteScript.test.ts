import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { readOutput, remoteCommand, remoteInput } from '../../../../src/cloud/ssh/remoteScript';

const echo = 'for a in "$@"; do printf "%s\\0" "$a"; done';

describe('the command that is sent to hosts', () => {
  it('hands any arguments over unchanged', () => {
    const argument = fc
      .string({ unit: 'binary', maxLength: 60 })
      .filter((text) => !/\0|\p{Surrogate}/u.test(text));
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 8 }), (args) => {
        assert.equal(sh(remoteInput(echo, args)).stdout, args.map((text) => `${text}\0`).join(''));
      }),
      { numRuns: 40 },
    );
  });

  it('hands over what shells and printf like to misread', () => {
    const args = [
      '',
      '-n',
      '--',
      '.',
      '+',
      '\\',
      '\\0101',
      '%s',
      '$(id)',
      '`id`',
      "'",
      '"',
      '\n',
      'a\n',
      '\n\n',
      '~',
      '*',
    ];
    assert.equal(sh(remoteInput(echo, args)).stdout, args.map((text) => `${text}\0`).join(''));
  });

  it('hands over more than the system allows on a command line', () => {
    const big = 'x'.repeat(3_000_000);
    assert.equal(sh(remoteInput('printf %s "$1"', [big])).stdout, big);
  });

  it('gives the status of the script', () => {
    assert.equal(sh(remoteInput('exit 42', [])).status, 42);
    assert.equal(sh(remoteInput('false', [])).status, 1);
  });

  it('gives the script an empty standard input', () => {
    assert.equal(sh(remoteInput('cat; echo end', ['x'])).stdout, 'end\n');
  });

  it('runs nothing when the input breaks off anywhere before its end', () => {
    const input = remoteInput('echo ran', ['one', 'two']);
    const complete = input.lastIndexOf('.') + 1;
    for (let length = 0; length < complete; length++) {
      const { status, raw } = sh(input.slice(0, length));
      assert.equal(status, 254);
      assert.ok(!raw.includes('ran'));
    }
    assert.equal(sh(input.slice(0, complete)).stdout, 'ran\n');
  });

  it('refuses text that could not arrive as it is', () => {
    assert.throws(() => remoteInput('true', ['a\0b']), RangeError);
    assert.throws(() => remoteInput('true', ['a\ud800b']), RangeError);
  });

  it('tells the process id, and keeps what a login shell says out of the answer', () => {
    const output = readOutput(Buffer.from('Welcome!\nopenstack-zombies 123\nanswer\n'));
    assert.equal(output?.pid, '123');
    assert.equal(output?.said.toString(), 'answer\n');
    assert.equal(readOutput(Buffer.from('This account is currently not available.\n')), undefined);
    assert.equal(readOutput(Buffer.from('openstack-zombies 12')), undefined);
  });
});

function sh(input: string): { status: number | null; stdout: string; raw: string } {
  const { status, stdout } = spawnSync('sh', ['-c', remoteCommand], { input, maxBuffer: 10_000_000 });
  return { status, stdout: readOutput(stdout)?.said.toString('utf8') ?? '', raw: stdout.toString('utf8') };
}
