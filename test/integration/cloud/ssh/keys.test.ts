import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { passwordKey } from '../../../../src/cloud/passwords';
import { CancelledError } from '../../../../src/model/errors';
import type { PasswordQuestion, Prompts } from '../../../../src/model/ports';
import { must, run } from '../../../cloud/run';
import { expectError } from '../expectError';
import { openShell, shellTarget, type ShellTarget, type TargetChanges } from './shellTarget';
import { newKey, startSshServer, type SshServer } from './sshServer';

const secret = 'the secret phrase';

describe('keys to log in with', () => {
  let server: SshServer;
  let agent: { readonly socket: string; readonly pid: number };

  before(async () => {
    server = await startSshServer({ lines: ['MaxAuthTries 3'] });
    const socket = join(server.directory, 'agent');
    const { stdout } = await run('ssh-agent', ['-a', socket]);
    agent = { socket, pid: Number(/SSH_AGENT_PID=(\d+)/.exec(stdout)?.[1]) };
  });

  afterEach(() => inAgent('-D'));

  after(async () => {
    process.kill(agent.pid);
    await server.stop();
  });

  /** A login by ssh_config alone, which says `config`. */
  function target(config: string, changes: TargetChanges = {}): ShellTarget {
    return shellTarget(server, {
      knownHosts: `[127.0.0.1]:${server.port} ${server.hostKeys.join()}`,
      agent: true,
      config,
      ...changes,
    });
  }

  async function enters(place: ShellTarget): Promise<void> {
    const shell = await openShell(place);
    assert.equal((await shell.run('echo hello', [])).stdout, 'hello\n');
    shell.close();
  }

  /** A new key, which the server lets in. */
  async function key(name: string, type = 'ed25519', passphrase = ''): Promise<string> {
    const file = join(server.directory, name);
    await newKey(file, type, passphrase);
    letIn(file);
    return file;
  }

  function letIn(file: string): void {
    appendFileSync(`${server.keyFile}.pub`, readFileSync(`${file}.pub`));
  }

  function inAgent(...args: string[]): Promise<string> {
    return must('env', [`SSH_AUTH_SOCK=${agent.socket}`, 'ssh-add', '-q', ...args]);
  }

  it('may be of any type, from a file and from an agent', async () => {
    for (const type of ['ed25519', 'ecdsa', 'rsa']) {
      const file = await key(`plain-${type}`, type);
      await enters(target(`IdentityFile ${file}\nIdentityAgent none`));
      await inAgent('-D');
      await inAgent(file);
      await enters(target(`IdentityFile none\nIdentityAgent ${agent.socket}`));
    }
  });

  it('are tried in order, and missing or broken ones passed over', async () => {
    const file = await key('last');
    await newKey(join(server.directory, 'stranger'), 'ed25519');
    const files = [`${server.directory}/missing`, '/etc/hostname', `${server.directory}/stranger`, file];
    await enters(target(files.map((path) => `IdentityFile ${path}`).join('\n')));
    const error = await expectError(
      'refused-login',
      openShell(
        target(
          files
            .slice(0, 3)
            .map((path) => `IdentityFile ${path}`)
            .join('\n'),
        ),
      ),
    );
    for (const name of ['stranger', 'missing', '/etc/hostname']) assert.match(error.action, new RegExp(name));
  });

  it('must be there', async () => {
    const error = await expectError(
      'bad-configuration',
      openShell(target('IdentityFile none\nIdentityAgent none')),
    );
    assert.match(error.message, /no SSH agent is set/);
    const empty = target(`IdentityFile /no/key\nIdentityAgent ${agent.socket}`);
    assert.match(
      (await expectError('bad-configuration', openShell(empty))).message,
      /agent has no key.*\/no\/key/,
    );
  });

  describe('in an agent', () => {
    it('are not too many when IdentitiesOnly picks the one', async () => {
      for (const name of ['one', 'two', 'three', 'four']) {
        const file = join(server.directory, `many-${name}`);
        await newKey(file, 'ed25519');
        await inAgent(file);
      }
      const file = await key('picked');
      await inAgent(file);
      rmSync(file);
      const many = `IdentityFile none\nIdentityAgent ${agent.socket}`;
      const error = await expectError('refused-login', openShell(target(many)));
      assert.match(error.message, /too many authentication failures/i);
      // Of the file only the public part is left, as with a key on a token.
      await enters(target(`IdentityFile ${file}\nIdentitiesOnly yes\nIdentityAgent ${agent.socket}`));
      await enters(target(`IdentityFile ${file}.pub\nIdentityAgent ${agent.socket}`));
    });

    it('may refuse to sign, and then the next one is tried', async () => {
      const refusing = await key('refusing');
      // Nobody is there to confirm.
      await inAgent('-c', refusing);
      const only = `IdentityFile none\nIdentityAgent ${agent.socket}`;
      const error = await expectError('refused-login', openShell(target(only)));
      assert.match(error.action, /SHA256:\S+ of the agent did not sign/);
      await enters(target(`IdentityFile ${server.keyFile}\nIdentityAgent ${agent.socket}`));
    });

    it('may be out of reach, and are not waited for', async () => {
      const socket = join(server.directory, 'silent');
      const asking: Socket[] = [];
      const silent = createServer((connection) => void asking.push(connection));
      await new Promise<void>((done) => silent.listen(socket, done));
      try {
        await enters(target(`IdentityFile ${server.keyFile}\nIdentityAgent ${socket}`));
      } finally {
        silent.close();
        for (const connection of asking) connection.destroy();
      }
      const gone = target(`IdentityFile none\nIdentityAgent ${server.directory}/gone`);
      const error = await expectError('bad-configuration', openShell(gone));
      assert.match(error.action, /The SSH agent at \S+\/gone does not answer/);
    });

    it('spare us the passphrase', async () => {
      const file = await key('locked-in-agent', 'ed25519', secret);
      await must('ssh-keygen', ['-q', '-p', '-P', secret, '-N', '', '-f', file]);
      await inAgent(file);
      await must('ssh-keygen', ['-q', '-p', '-P', '', '-N', secret, '-f', file]);
      await enters(target('', { agent: false, keyFile: file, config: `IdentityAgent ${agent.socket}` }));
    });
  });

  describe('with a passphrase', () => {
    const asking = (
      ...answers: (string | undefined)[]
    ): { questions: PasswordQuestion[]; password: Prompts['password'] } => {
      const questions: PasswordQuestion[] = [];
      return {
        questions,
        password: (question) => Promise.resolve(answers[questions.push(question) - 1]),
      };
    };

    it('are asked about once for many hosts, and remembered', async () => {
      const file = await key('locked', 'ed25519', secret);
      const { questions, password } = asking(secret);
      const secrets = new Map<string, string>();
      const place = target(`IdentityFile ${file}`, { password, secrets });
      await Promise.all([1, 2, 3, 4, 5, 6].map(() => enters(place)));
      await enters(place);
      assert.deepEqual(questions, [{ cloud: 'prod-eu', account: file, kind: 'passphrase', refused: false }]);
      assert.deepEqual([...secrets], [[passwordKey('prod-eu', file), secret]]);
      await enters(target(`IdentityFile ${file}`, { secrets }));
    });

    it('are asked about once more when it is wrong, and only once', async () => {
      const file = await key('mistyped', 'ecdsa', secret);
      const second = asking('wrong', secret);
      await enters(target('', { agent: false, keyFile: file, password: second.password }));
      assert.deepEqual(
        second.questions.map(({ refused }) => refused),
        [false, true],
      );
      const secrets = new Map<string, string>();
      const wrong = target(`IdentityFile ${file}`, {
        password: asking('wrong', 'wrong again').password,
        secrets,
      });
      const error = await expectError('refused-login', openShell(wrong), 'wrong again');
      assert.match(error.message, /passphrase does not open .*mistyped/);
      assert.equal(secrets.size, 0);
      const dismissed = target(`IdentityFile ${file}`, { password: asking(undefined).password });
      await assert.rejects(openShell(dismissed), CancelledError);
    });

    it('are not asked about when the host does not want them, or another key will do', async () => {
      const unwanted = join(server.directory, 'unwanted');
      await newKey(unwanted, 'ed25519', secret);
      await expectError('refused-login', openShell(target(`IdentityFile ${unwanted}`)));
      await enters(target(`IdentityFile ${unwanted}\nIdentityFile ${server.keyFile}`));
    });

    it('may hide what they are, and come last then', async () => {
      const file = join(server.directory, 'pem');
      await must('ssh-keygen', ['-q', '-t', 'rsa', '-m', 'PEM', '-N', secret, '-C', '', '-f', file]);
      letIn(file);
      rmSync(`${file}.pub`);
      await enters(target(`IdentityFile ${file}\nIdentityFile ${server.keyFile}`));
      const { questions, password } = asking(secret);
      await newKey(join(server.directory, 'other'), 'ed25519');
      await enters(target(`IdentityFile ${file}\nIdentityFile ${server.directory}/other`, { password }));
      assert.equal(questions.length, 1);
      await enters(target(`IdentityFile ${file}`, { password: asking(secret).password }));
    });

    it('are told to nobody else', async () => {
      const file = await key('told', 'ed25519', secret);
      const said: string[] = [];
      const write = (text: string): void => void said.push(text);
      const logger = { debug: write, info: write, warn: write, error: write };
      const place = target(`IdentityFile ${file}`, { password: asking('not it', secret).password, logger });
      const shell = await openShell(place);
      const { stdout } = await shell.run('ps -eo args; env', []);
      shell.close();
      assert.ok(![...said, stdout].join('\n').includes(secret));
    });
  });
});
