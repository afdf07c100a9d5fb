import assert from 'node:assert/strict';
import { forgetPasswords, Passwords, passwordKey } from '../../../src/cloud/passwords';
import { CancelledError, OperatorError } from '../../../src/model/errors';
import type { PasswordQuestion } from '../../../src/model/ports';

const account = 'nova@10.0.0.5:3306';

describe('forgetting the passwords of a cloud', () => {
  it('takes all of its own, and none of a cloud whose name begins like its name', async () => {
    const kept = new Set(
      ['prod/nova@a:1', 'prod/nova@b:1', 'prod-eu/nova@a:1'].map((key) => `openstackZombies.password/${key}`),
    );
    await forgetPasswords('prod', {
      get: () => Promise.resolve(undefined),
      store: () => Promise.resolve(),
      delete: (key) => Promise.resolve(void kept.delete(key)),
      keys: () => Promise.resolve([...kept]),
    });
    assert.deepEqual([...kept], ['openstackZombies.password/prod-eu/nova@a:1']);
  });
});

describe('Passwords', () => {
  it('uses the stored password without a question', async () => {
    const { passwords, questions } = setUp({ stored: 'right' });
    assert.equal(await passwords.use(account, serverThatTakes('right')), 'opened');
    assert.deepEqual(questions, []);
  });

  it('asks when nothing is stored, and stores what worked under the key of cloud and account', async () => {
    const { passwords, questions, values } = setUp({ answers: ['right'] });
    await passwords.use(account, serverThatTakes('right'));
    assert.deepEqual(questions, [{ cloud: 'prod-eu', account, refused: false }]);
    assert.deepEqual([...values], [[`openstackZombies.password/prod-eu/${account}`, 'right']]);
  });

  it('asks once more when the password is refused, and says so', async () => {
    const { passwords, questions, values } = setUp({ stored: 'old', answers: ['right'] });
    await passwords.use(account, serverThatTakes('right'));
    assert.deepEqual(
      questions.map(({ refused }) => refused),
      [true],
    );
    assert.equal(values.get(passwordKey('prod-eu', account)), 'right');
  });

  it('gives up after the second refusal, and keeps neither of the two', async () => {
    const { passwords, questions, values } = setUp({ answers: ['wrong', 'wrong too'] });
    await assert.rejects(passwords.use(account, serverThatTakes('right')), isRefusal);
    assert.equal(questions.length, 2);
    assert.equal(values.size, 0);
  });

  it('does not store a password before a login with it has worked', async () => {
    const { passwords, values } = setUp({ answers: ['right'] });
    const down = new OperatorError('unreachable', 'down', 'wait');
    await assert.rejects(
      passwords.use(account, () => Promise.reject(down)),
      down,
    );
    assert.equal(values.size, 0);
  });

  it('is cancelled when the question is dismissed', async () => {
    const { passwords } = setUp({ answers: [] });
    await assert.rejects(passwords.use(account, serverThatTakes('right')), CancelledError);
  });

  it('asks one question for thirty logins at once, and one more when that answer is refused', async () => {
    const { passwords, questions } = setUp({ answers: ['wrong', 'right'] });
    const logIns = Array.from({ length: 30 }, () => passwords.use(account, serverThatTakes('right')));
    assert.deepEqual(new Set(await Promise.all(logIns)), new Set(['opened']));
    assert.deepEqual(
      questions.map(({ refused }) => refused),
      [false, true],
    );
  });

  it('takes a password that was stored meanwhile before it asks', async () => {
    const { passwords, questions, values } = setUp({ stored: 'old' });
    const logIn = async (password: string): Promise<string> => {
      values.set(passwordKey('prod-eu', account), 'right');
      return serverThatTakes('right')(password);
    };
    assert.equal(await passwords.use(account, logIn), 'opened');
    assert.deepEqual(questions, []);
  });
});

function setUp({ stored, answers = [] }: { stored?: string; answers?: string[] }): {
  passwords: Passwords;
  questions: PasswordQuestion[];
  values: Map<string, string>;
} {
  const key = passwordKey('prod-eu', account);
  const values = new Map(stored === undefined ? [] : [[key, stored]]);
  const questions: PasswordQuestion[] = [];
  const secrets = {
    get: (name: string) => Promise.resolve(values.get(name)),
    store: (name: string, value: string) => Promise.resolve(void values.set(name, value)),
    delete: (name: string) => Promise.resolve(void values.delete(name)),
  };
  const prompts = {
    password: (question: PasswordQuestion) => {
      questions.push(question);
      return Promise.resolve(answers.shift());
    },
  };
  return { passwords: new Passwords('prod-eu', secrets, prompts), questions, values };
}

function serverThatTakes(right: string): (password: string) => Promise<string> {
  return (password) =>
    password === right
      ? Promise.resolve('opened')
      : Promise.reject(new OperatorError('refused-login', 'refused', 'check'));
}

function isRefusal(error: unknown): boolean {
  return OperatorError.is(error, 'refused-login');
}
