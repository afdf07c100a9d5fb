import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { RunSummary } from '../../../src/app/api';
import { readConfigurations } from '../../../src/app/configurations';
import { Questions } from '../../../src/vscode/questions';
import { RunTree } from '../../../src/vscode/runs/runTree';
import type { TreeElement } from '../../../src/vscode/tree/element';

const now = new Date().toISOString();
const before = new Date(2026, 0, 5, 12).toISOString();

function run(changes: Partial<RunSummary> = {}): RunSummary {
  return {
    ...{ run: '20261123T103107Z-aaaaaa', plan: 'p', cloud: 'demo', purpose: 'cleanup', startedAt: now },
    ...{ outcome: 'done', folder: '/runs/r', instances: 3, rows: 41, directories: 2 },
    ...{ kept: 2, restored: 0 },
    ...changes,
  };
}

/** It has no report, and so no count of rows. */
function cutOff(): RunSummary {
  const { rows, ...rest } = run({ outcome: 'interrupted' });
  assert.ok(rows);
  return rest;
}

function labelOf(item: vscode.TreeItem | undefined): string {
  return typeof item?.label === 'string' ? item.label : '';
}

describe('the tree of runs', () => {
  let runs: RunSummary[];
  let asked: number;
  let change: () => void;
  let fired: number;
  let tree: RunTree;

  beforeEach(() => {
    asked = 0;
    fired = 0;
    const settings = [{ name: 'demo', label: 'PRODUCTION', apiDatabase: 'mysql://nova@127.0.0.1/nova_api' }];
    const zombies = {
      runs: () => {
        asked += 1;
        return Promise.resolve(runs);
      },
      listClouds: () => readConfigurations(settings).clouds,
      onDidChangeRuns: (listener: () => void) => {
        change = listener;
        return { dispose: () => undefined };
      },
    };
    tree = new RunTree(zombies, new Questions(0));
    tree.onDidChangeTreeData(() => (fired += 1));
  });

  afterEach(() => {
    tree.dispose();
  });

  async function lines(): Promise<TreeElement[]> {
    const days = await tree.getChildren();
    return days.flatMap((day) => day.children());
  }

  async function only(changes: Partial<RunSummary> = {}): Promise<vscode.TreeItem> {
    runs = [run(changes)];
    const [line] = await lines();
    assert.ok(line);
    return line.item();
  }

  it('asks for the runs only when it is looked at, and again when one has begun or ended', async () => {
    runs = [];
    assert.equal(asked, 0);
    assert.deepEqual(await tree.getChildren(), []);
    change();
    assert.deepEqual([asked, fired], [1, 1]);
  });

  it('has a line for each day, of which the newest is open', async () => {
    runs = [run(), run({ startedAt: before }), run({ startedAt: before })];
    const days = (await tree.getChildren()).map((day) => day.item());
    assert.deepEqual(
      days.map(({ description, collapsibleState }) => [description, collapsibleState]),
      [
        ['1 run', vscode.TreeItemCollapsibleState.Expanded],
        ['2 runs', vscode.TreeItemCollapsibleState.Collapsed],
      ],
    );
    assert.equal(days[0]?.label, 'Today');
    assert.match(labelOf(days[1]), /January.*5.*2026|5.*January.*2026/);
  });

  it('says where, what was changed, and what became of it, by word and shape', async () => {
    const done = await only();
    assert.match(labelOf(done), /demo PRODUCTION$/);
    assert.equal(done.description, '3 instances · 41 rows · 2 directories');
    assert.match(done.accessibilityInformation?.label ?? '', /Run on demo PRODUCTION, done/);
    const iconOf = ({ iconPath }: vscode.TreeItem): string => (iconPath as vscode.ThemeIcon).id;
    const outcomes = ['done', 'stopped', 'running', 'interrupted', 'left'] as const;
    const icons = await Promise.all(outcomes.map(async (outcome) => iconOf(await only({ outcome }))));
    assert.equal(new Set(icons).size, outcomes.length);
    assert.equal(
      (await only({ outcome: 'interrupted', machine: 'ctl2' })).description?.toString().split(' · ')[1],
      'was on ctl2',
    );
    assert.match(String((await only({ restored: 3 })).description), /^restored already/);
    assert.match(String((await only({ purpose: 'restore' })).description), /^restore · /);
    assert.equal((await only({ instances: 0, rows: 0 })).description, 'nothing changed');
  });

  it('offers the way on and the way back where there is one', async () => {
    runs = [cutOff()];
    const [line] = await lines();
    assert.equal(line?.item().contextValue, 'run.interrupted.undoable.kept');
    assert.equal((await only()).contextValue, 'run.done.undoable.kept.report');
    assert.equal((await only({ instances: 0, rows: 0, kept: 0 })).contextValue, 'run.done.report');
    assert.equal((await only({ purpose: 'restore', kept: 0 })).contextValue, 'run.done.report');
    assert.equal((await only({ outcome: 'running', kept: 0 })).contextValue, 'run.running.report');
  });

  it('has its documents below, without the report that an interrupted run has none of', async () => {
    runs = [run(), cutOff()];
    const [whole, cut] = (await lines()).map((line) =>
      line.children().map((child) => child.item().command?.command.replace('openstackZombies.', '')),
    );
    assert.deepEqual(whole, ['showRunPlan', 'showRunReport', 'showRunJournal']);
    assert.deepEqual(cut, ['showRunPlan', 'showRunJournal']);
  });

  it('tells the rest when the mouse rests on it', async () => {
    runs = [run({ of: '20261122T103107Z-bbbbbb' })];
    const [line] = await lines();
    const card = line?.tooltip?.()?.value ?? '';
    assert.match(card, /Still in quarantine\\: 2 directories/);
    assert.match(card, /20261122T103107Z/);
  });
});
