import assert from 'node:assert/strict';
import { DraftBook } from '../../../src/app/engine/draftBook';
import { unanswered } from '../../../src/app/unanswered';
import { memoryState } from '../../memoryState';
import { planText } from '../vscode/planText';

describe('the text of a plan', () => {
  const asking = planText.replace('-- @manual', '-- @confirm type="0a2d1bf7" typed=""\n-- @manual');
  const id = /id="([^"]+)"/.exec(planText)?.[1] ?? '';

  it('is not edited by what it asks for: a word, a mark, another end of lines', async () => {
    const drafts = new DraftBook(memoryState());
    await drafts.note(asking);
    const answered = asking.replace('typed=""', 'typed="0a2d1bf7"').replace('done="no"', 'done="yes"');
    assert.notEqual(answered, asking);
    assert.equal(unanswered(answered), unanswered(asking));
    assert.equal(await drafts.isEdited(id, answered.replaceAll('\n', '\r\n')), false);
  });

  it('is edited by anything else', async () => {
    const drafts = new DraftBook(memoryState());
    await drafts.note(planText);
    assert.equal(await drafts.isEdited(id, planText.replace('rows=3', 'rows=4')), true);
    assert.equal(
      await drafts.isEdited(id, planText.replace('-- @manual command="', '-- @manual command="true; ')),
      true,
    );
  });

  it('is known in other windows, and nothing is said of one that was drafted elsewhere', async () => {
    const values = new Map<string, string>();
    await new DraftBook(memoryState(values)).note(planText);
    const drafts = new DraftBook(memoryState(values));
    assert.equal(await drafts.isEdited(id, planText), false);
    assert.equal(await drafts.isEdited('another', planText), undefined);
    assert.equal(await drafts.isEdited('constructor', planText), undefined);
  });
});
