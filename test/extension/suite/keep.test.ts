import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { KeepRequest } from '../../../src/app/api';
import type { Zombies } from '../../../src/app/zombies';
import { endKeeping, keep } from '../../../src/vscode/commands/keeping';
import type { Parts } from '../../../src/vscode/parts';
import { Questions } from '../../../src/vscode/questions';
import { CloudTree } from '../../../src/vscode/tree/cloudTree';
import type { TreeElement } from '../../../src/vscode/tree/element';
import { scanReport, suspect, uuid } from '../../unit/vscode/suspects';
import { FakeZombies } from './fakeZombies';

const window = vscode.window as unknown as Record<string, unknown>;

describe('the command Keep', () => {
  const { showInputBox, showQuickPick } = window;
  const kept: KeepRequest[] = [];
  const ended: string[] = [];
  let tree: CloudTree;
  let parts: Parts;
  let offered: string[];

  /** The operator picks the row with this label, and types these texts one after the other. */
  function operator(label: string, ...typed: string[]): void {
    window.showQuickPick = (items: readonly vscode.QuickPickItem[]) => {
      offered = items.map((item) => [item.label, item.description].filter(Boolean).join(': '));
      return Promise.resolve(items.find((item) => item.label === label));
    };
    window.showInputBox = (options: vscode.InputBoxOptions) => {
      const text = typed.shift() ?? assert.fail('a question too many');
      assert.equal(options.validateInput?.(text), undefined, text);
      return Promise.resolve(text);
    };
  }

  beforeEach(() => {
    kept.length = 0;
    ended.length = 0;
    offered = [];
    const list = [
      {
        scope: 'host',
        id: 'compute-09',
        reason: '',
        author: '',
        since: '2026-11-20T10:00:00Z',
        expired: false,
      },
    ] as const;
    const zombies = Object.assign(
      new FakeZombies(scanReport([suspect(), suspect({ uuid: uuid(2) })]), list),
      {
        keep: (_cloud: string, request: KeepRequest) => Promise.resolve(void kept.push(request)),
        endKeeping: (...what: string[]) => Promise.resolve(void ended.push(what.join(' '))),
      },
    ) as unknown as Zombies;
    tree = new CloudTree(zombies, new Questions(0));
    parts = { zombies, tree } as unknown as Parts;
  });

  afterEach(() => {
    Object.assign(window, { showInputBox, showQuickPick });
    tree.dispose();
  });

  function line(...ends: string[]): TreeElement {
    let found = tree.getChildren()[0];
    for (const end of ends) found = found?.children().find(({ id }) => id.endsWith(`/${end}`));
    return found ?? assert.fail(ends.join());
  }

  it('keeps each of the selected instances, for a reason and until a day', async () => {
    operator('The instance', ' asked to wait ', '2099-12-31');
    const [one, other] = line('host/compute-01').children();
    await keep(parts)(one, [one, other]);
    assert.deepEqual(
      kept.map(({ scope, id, reason, expires }) => [scope, id, reason, expires?.slice(0, 4)]),
      [
        ['instance', uuid(1), 'asked to wait', '2099'],
        ['instance', uuid(2), 'asked to wait', '2099'],
      ],
    );
  });

  it('offers the host and the project of the instances too, once each', async () => {
    operator('Everything of the project', 'theirs', '');
    const [one, other] = line('host/compute-01').children();
    await keep(parts)(one, [one, other]);
    assert.deepEqual(offered, [
      'The instance',
      'Everything on the host: compute-01',
      'Everything of the project: 7e3a',
    ]);
    assert.deepEqual(kept, [{ scope: 'project', id: '7e3a', reason: 'theirs' }]);
  });

  it('keeps a host without asking what is meant', async () => {
    operator('', 'being repaired', '7');
    await keep(parts)(line('host/compute-01'));
    assert.deepEqual(
      kept.map(({ scope, id }) => [scope, id]),
      [['host', 'compute-01']],
    );
  });

  it('asks for everything when it comes from the palette', async () => {
    operator('The instance', uuid(5).toUpperCase(), 'asked to wait', '');
    await keep(parts)();
    assert.deepEqual(kept, [{ scope: 'instance', id: uuid(5), reason: 'asked to wait' }]);
  });

  it('keeps nothing when a question is dismissed', async () => {
    operator('no such row');
    await assert.rejects(async () => keep(parts)(line('host/compute-01').children()[0]), {
      name: 'CancelledError',
    });
    assert.deepEqual(kept, []);
  });

  it('is ended at its line', async () => {
    await endKeeping(parts)(line('kept').children()[0]);
    assert.deepEqual(ended, ['demo host compute-09']);
  });
});
