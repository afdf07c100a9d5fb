import assert from 'node:assert/strict';
import { Questions } from '../../../src/vscode/questions';

describe('an open question', () => {
  it('waits until what is being drawn has been drawn', async () => {
    const questions = new Questions(60);
    questions.drawing();
    const before = Date.now();
    await questions.ask(() => Promise.resolve());
    assert.ok(Date.now() - before >= 55);
  });

  it('waits for nothing when nothing is drawn', async () => {
    const before = Date.now();
    await new Questions(10_000).ask(() => Promise.resolve());
    assert.ok(Date.now() - before < 1000);
  });

  it('is open from the wait before it to its answer, and says when the last is answered', async () => {
    const questions = new Questions(0);
    let closed = 0;
    questions.onDidClose(() => (closed += 1));
    let answer: (text: string) => void = () => undefined;
    const first = questions.ask(() => new Promise<string>((resolve) => (answer = resolve)));
    await questions.ask(() => Promise.resolve());
    assert.ok(questions.areOpen);
    assert.equal(closed, 0);
    answer('yes');
    assert.equal(await first, 'yes');
    assert.ok(!questions.areOpen);
    assert.equal(closed, 1);
  });

  it('is closed by a refusal too', async () => {
    const questions = new Questions(0);
    await assert.rejects(questions.ask(() => Promise.reject(new Error('dismissed'))));
    assert.ok(!questions.areOpen);
  });
});
