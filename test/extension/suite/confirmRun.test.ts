import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { readConfigurations, type CloudConfiguration } from '../../../src/app/configurations';
import { CancelledError } from '../../../src/model/errors';
import { confirmRun } from '../../../src/vscode/commands/confirmRun';
import { Plans } from '../../../src/vscode/plan/plans';
import { dryRun } from '../../unit/vscode/dryRun';
import { orphan, planText, stuck } from '../../unit/vscode/planText';

const window = vscode.window as unknown as Record<string, unknown>;
const ready = planText.replace('done="no"', 'done="yes"');

const historyPlan = `-- @plan version=1 cloud="demo" cells=["9f0c8a34-29e2-4b1e-8f5d-6a1de5ba6d4f"] id="3c0b7d6e-5a51-4d5c-8a34-8d8cf7f7f0f2" drafted="2026-11-23T10:31:07Z" scanned="2026-11-23T10:30:51Z" purpose="history"
-- @history cell="9f0c8a34-29e2-4b1e-8f5d-6a1de5ba6d4f" name="cell1" before="2026-08-26T00:00:00Z" from=1 to=9000 instances=2000 chunk=1000
`;

function cloud(facts: object): CloudConfiguration {
  const settings = [{ name: 'demo', apiDatabase: 'mysql://nova@127.0.0.1/nova_api', ...facts }];
  return readConfigurations(settings).clouds[0] ?? assert.fail();
}

describe('the question before a run', () => {
  const { showInputBox, showWarningMessage } = window;
  let plans: Plans;
  let document: vscode.TextDocument;
  let detail: string;
  let prompts: string[];
  let refused: string[];

  /** The operator presses Run, then types these texts, of which those that are refused are noted. */
  function operator(...typed: string[]): void {
    window.showWarningMessage = (_message: string, options: vscode.MessageOptions) => {
      detail = options.detail ?? '';
      return Promise.resolve('Run');
    };
    window.showInputBox = (options: vscode.InputBoxOptions) => {
      prompts.push(options.prompt ?? '');
      for (let text = typed.shift(); text !== undefined; text = typed.shift()) {
        if (options.validateInput?.(text) === undefined) return Promise.resolve(text);
        refused.push(text);
      }
      return Promise.resolve(undefined);
    };
  }

  async function open(content: string): Promise<vscode.TextDocument> {
    return vscode.workspace.openTextDocument({ language: 'zombie-sql', content });
  }

  /** The open text went through a dry run. */
  async function rehearse(...uuids: readonly string[]): Promise<void> {
    plans.rehearsals.note(await plans.read(document), document.getText(), dryRun(uuids));
  }

  async function confirmed(where: CloudConfiguration, uuids?: readonly string[]): Promise<string> {
    return confirmRun({ plans }, document, { cloud: where, uuids, warning: undefined });
  }

  beforeEach(async () => {
    plans = new Plans();
    detail = '';
    prompts = [];
    refused = [];
    document = await open(ready);
  });

  afterEach(() => {
    plans.dispose();
    Object.assign(window, { showInputBox, showWarningMessage });
  });

  it('asks for a button alone when the text is what was dry-run, and the cloud is not production', async () => {
    await rehearse(stuck, orphan);
    operator();
    assert.equal(await confirmed(cloud({})), ready);
    assert.match(detail, /Dry-run as it stands/);
    assert.deepEqual(prompts, []);
  });

  for (const [how, facts] of [
    ['is red', { color: 'red' }],
    ['is labelled as production', { label: 'Production EU' }],
  ] as const) {
    it(`has the name of a cloud typed that ${how}, and takes no other word`, async () => {
      await rehearse(stuck, orphan);
      operator('yes', 'Demo', 'demo');
      assert.equal(await confirmed(cloud(facts)), ready);
      assert.match(prompts.join(), /^demo.* is a production cloud\. Type demo, the name of the cloud$/);
      assert.deepEqual(refused, ['yes', 'Demo']);
    });
  }

  it('has the name typed for a text that was changed since its dry run, and for one that had none', async () => {
    operator('demo', 'demo');
    await confirmed(cloud({}));
    assert.match(detail, /Without a dry run: 2/);
    await rehearse(stuck, orphan);
    document = await open(ready.replace('rows=3', 'rows=4'));
    await confirmed(cloud({}));
    assert.match(detail, /CHANGED since their dry run: 1/);
    assert.deepEqual(
      prompts.map((prompt) => prompt.replace(/ Type .*/, '')),
      ['The text was not dry-run.', 'The text was changed since the dry run.'],
    );
  });

  it('has the number of rows typed when more than the cap of the cloud go, and rows alone', async () => {
    const another = orphan.replace(/^d/, 'e');
    const section = ready.slice(ready.indexOf(`-- @instance uuid="${orphan}"`));
    document = await open(`${ready}\n${section.replaceAll(orphan, another)}`);
    await rehearse(orphan, another);
    operator('2', '6');
    await confirmed(cloud({ maxInstances: 1 }), [orphan, another]);
    assert.deepEqual(prompts, ['Type 6, the number of rows that are changed']);
    assert.deepEqual(refused, ['2']);
  });

  it('has the number of instances typed before history is deleted, with each cell and the time before it', async () => {
    document = await open(historyPlan);
    operator('200', '2000');
    assert.equal(await confirmed(cloud({})), historyPlan);
    assert.match(detail, /^cell1: 2000 instances that were deleted before 2026-08-26T00:00:00Z$/m);
    assert.deepEqual(prompts, ['Type 2000, the number of instances']);
    assert.deepEqual(refused, ['200']);
    operator('demo', '2000');
    await confirmed(cloud({ color: 'red' }));
    assert.equal(prompts[1], 'Type demo, the name of the cloud');
  });

  it('runs nothing when the word is not typed', async () => {
    operator('no');
    await assert.rejects(confirmed(cloud({ color: 'red' })), CancelledError);
  });

  it('runs nothing of a text that was edited while it was asked', async () => {
    await rehearse(stuck, orphan);
    operator();
    window.showWarningMessage = async () => {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), '\n');
      await vscode.workspace.applyEdit(edit);
      return 'Run';
    };
    await assert.rejects(confirmed(cloud({})), /changed while it was being confirmed/);
  });
});
