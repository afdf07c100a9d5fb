import assert from 'node:assert/strict';
import { Together } from '../../../../src/cloud/openstack/together';
import { OperatorError } from '../../../../src/model/errors';

/** Requests that are answered when the test says so. */
class Requests {
  readonly sent: string[] = [];
  private readonly answers: ((error?: Error) => void)[] = [];
  readonly together = new Together<string>({
    one: (item) => this.ask(item),
    all: (items) => this.ask(items.join('+')),
  });

  async answer(error?: Error): Promise<void> {
    this.answers.shift()?.(error);
    await settled();
  }

  private ask(name: string): Promise<void> {
    this.sent.push(name);
    return new Promise((resolve, reject) =>
      this.answers.push((error) => (error ? reject(error) : resolve())),
    );
  }
}

const conflict = new OperatorError('conflict', 'it has changed', 'Read it again.');
const unknown = new OperatorError('outcome-unknown', 'no answer', 'Look at it.');

/** What became of each. */
function outcomes(sent: readonly Promise<void>[]): Promise<string[]> {
  return Promise.all(
    sent.map((each) =>
      each.then(
        () => 'done',
        (error: unknown) => (error as { code?: string }).code ?? String(error),
      ),
    ),
  );
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

describe('changes that go together', () => {
  it('are those that are asked for while another is under way', async () => {
    const requests = new Requests();
    const { together, sent } = requests;
    const all = outcomes(['a', 'b', 'c'].map((item) => together.send(item)));
    assert.deepEqual(sent, ['a']);
    await requests.answer();
    assert.deepEqual(sent, ['a', 'b+c']);
    await requests.answer();
    assert.deepEqual(await all, ['done', 'done', 'done']);
    void together.send('d');
    assert.deepEqual(sent, ['a', 'b+c', 'd']);
  });

  it('go one by one after a conflict, and only the one that has it fails', async () => {
    const requests = new Requests();
    const { together, sent } = requests;
    const all = outcomes(['a', 'b', 'c'].map((item) => together.send(item)));
    await requests.answer();
    await requests.answer(conflict);
    assert.deepEqual(sent, ['a', 'b+c', 'b']);
    await requests.answer(conflict);
    await requests.answer();
    assert.deepEqual(sent, ['a', 'b+c', 'b', 'c']);
    assert.deepEqual(await all, ['done', 'conflict', 'done']);
  });

  it('are not sent once more when nobody knows what became of them', async () => {
    const requests = new Requests();
    const { together, sent } = requests;
    const all = outcomes(['a', 'b', 'c'].map((item) => together.send(item)));
    await requests.answer();
    await requests.answer(unknown);
    assert.deepEqual(sent, ['a', 'b+c']);
    assert.deepEqual(await all, ['done', 'outcome-unknown', 'outcome-unknown']);
  });

  it('leave out what was cancelled before they were sent', async () => {
    const requests = new Requests();
    const { together, sent } = requests;
    const cancelled = AbortSignal.abort();
    const all = Promise.allSettled([together.send('a'), together.send('b', cancelled), together.send('c')]);
    await requests.answer();
    assert.deepEqual(sent, ['a', 'c']);
    await requests.answer();
    assert.deepEqual(
      (await all).map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
  });

  it('are no more than a hundred in one request', async () => {
    const requests = new Requests();
    const { together, sent } = requests;
    const all = outcomes(Array.from({ length: 150 }, (_, index) => together.send(String(index))));
    await requests.answer();
    await requests.answer();
    await requests.answer();
    assert.deepEqual(
      sent.map((names) => names.split('+').length),
      [1, 100, 49],
    );
    assert.equal((await all).length, 150);
  });
});
