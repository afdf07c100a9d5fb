import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Zombies } from '../../../src/app/zombies';
import { CloudTree } from '../../../src/vscode/tree/cloudTree';
import { Questions } from '../../../src/vscode/questions';
import type { TreeElement } from '../../../src/vscode/tree/element';
import { hostSummary, scanReport, suspect, uuid } from '../../unit/vscode/suspects';
import { FakeZombies } from './fakeZombies';

const { Checked, Unchecked } = vscode.TreeItemCheckboxState;

describe('the tree of clouds', () => {
  let zombies: FakeZombies;
  let tree: CloudTree;
  let questions: Questions;
  let fired: (TreeElement | undefined)[];

  const hostile = 'a\u202e\n[x](command:workbench.action.quit)<b>';
  const report = scanReport(
    [
      suspect({ name: hostile, why: 'https://example.org is <b>not</b> a link', bytes: 32_641_751_449 }),
      suspect({ uuid: uuid(2), host: 'compute-02', verdict: 'unknown' }),
    ],
    ['compute-01', 'compute-02', 'compute-03'],
  );

  beforeEach(() => {
    zombies = new FakeZombies(report);
    questions = new Questions(0);
    tree = new CloudTree(zombies as unknown as Zombies, questions);
    fired = [];
    tree.onDidChangeTreeData((element) => fired.push(element));
  });

  afterEach(() => {
    tree.dispose();
  });

  function find(...labels: string[]): TreeElement {
    let elements = tree.getChildren();
    let found: TreeElement | undefined;
    for (const label of labels) {
      found = elements.find((element) => element.item().label === label);
      assert.ok(found, `no line "${label}"`);
      elements = found.children();
    }
    assert.ok(found);
    return found;
  }

  it('names the cloud with its label', () => {
    assert.equal(find('demo').item().description, 'PRODUCTION');
  });

  it('shows the state of a host, its domains and its suspects', () => {
    assert.equal(find('demo', 'compute-01').item().description, '1 suspect · 3 domains · answered');
  });

  it('says why a host did not answer', () => {
    const gap = { code: 'unreachable', message: 'No route to host.', action: 'Check the network.' } as const;
    const down = hostSummary('compute-03');
    zombies.show({ ...report, hosts: [{ ...down, source: { ...down.source, complete: false, gap } }] });
    assert.equal(find('demo', 'compute-03').item().description, 'did not answer · No route to host.');
    assert.equal(find('demo', 'compute-03').item().tooltip, 'No route to host. Check the network.');
  });

  it('shows a suspect by kind, age, size and verdict, and what a tenant wrote as plain text', () => {
    const [element] = find('demo', 'compute-01').children();
    const { label, description, accessibilityInformation, checkboxState } = element?.item() ?? {};
    assert.equal(label, 'a\\u202e\\u000a[x](command:workbench.action.quit)<b>');
    assert.match(String(description), / · \d+ d · 30\.4 GiB · confirmed$/);
    assert.match(String(accessibilityInformation?.label), /confirmed/);
    assert.deepEqual((checkboxState as { state: unknown }).state, Unchecked);
  });

  it('keeps ids free of what changes', () => {
    const ids = (): (string | undefined)[] =>
      tree
        .getChildren()
        .flatMap((root) =>
          root.children().flatMap((host) => [host, ...host.children()].map((each) => each.item().id)),
        );
    const before = ids();
    zombies.show({
      ...report,
      suspects: report.suspects.map((each) => ({ ...each, name: 'new', since: '2026-01-01T00:00:00Z' })),
    });
    assert.deepEqual(ids(), before);
  });

  it('makes the evidence card when it is asked for, without links or markup of a tenant', () => {
    const [element] = find('demo', 'compute-01').children();
    assert.ok(element);
    assert.equal(element.item().tooltip, undefined);
    const { tooltip } = tree.resolveTreeItem(element.item(), element);
    assert.ok(tooltip instanceof vscode.MarkdownString);
    assert.ok(tooltip.isTrusted !== true && tooltip.supportHtml !== true);
    assert.ok(!tooltip.value.includes('[x]('));
    assert.ok(!tooltip.value.includes('https://'));
  });

  it('calls a source by its name in the evidence card', () => {
    const cell = { id: 'cell:9f0c', kind: 'cell', name: 'cell1', complete: true, readAt: '' } as const;
    const evidence = [{ source: 'cell:9f0c', text: 'the row is live', at: '' }];
    zombies.show({ ...report, sources: [cell], suspects: [suspect({ evidence })] });
    const [element] = find('demo', 'compute-01').children();
    assert.match(element?.tooltip?.()?.value ?? '', /cell1\\: the row is live/);
  });

  it('counts what nobody can judge apart from the suspects, as the badge does', () => {
    assert.equal(find('demo', 'compute-02').item().description, '1 unknown · 3 domains · answered');
  });

  it('offers no checkbox for what may not be drafted', () => {
    const [element] = find('demo', 'compute-02').children();
    assert.equal(element?.item().checkboxState, undefined);
    assert.equal(find('demo', 'compute-02').item().checkboxState, undefined);
  });

  it('ticks a host when all below it are ticked, and refreshes that host alone', () => {
    const host = find('demo', 'compute-01');
    const [branch] = tree.branches;
    assert.ok(branch);
    tree.tick(branch, [uuid(1)], true);
    assert.deepEqual(fired, [host]);
    assert.deepEqual((host.item().checkboxState as { state: unknown }).state, Checked);
  });

  it('refreshes one element when one host changed', () => {
    const host = find('demo', 'compute-02');
    const [first, second] = report.suspects;
    assert.ok(first && second);
    zombies.show({ ...report, suspects: [first, { ...second, verdict: 'suspected' }] });
    assert.deepEqual(fired, [host]);
  });

  it('stands still while a question is open, and is drawn with its answer', async () => {
    const root = find('demo');
    let answer: () => void = () => undefined;
    const asked = questions.ask(() => new Promise<void>((resolve) => (answer = resolve)));
    tree.setScanning('demo', new AbortController());
    tree.setScanning('demo', undefined);
    assert.deepEqual(fired, []);
    answer();
    await asked;
    assert.deepEqual(fired, [root]);
  });

  it('hides hosts without a match while it is filtered', () => {
    tree.setFilter({ text: 'x', problems: [], matches: ({ host }) => host === 'compute-02' });
    assert.deepEqual(
      find('demo')
        .children()
        .map((element) => element.item().label),
      ['compute-02'],
    );
    tree.setFilter(undefined);
    assert.equal(find('demo').children().length, 3);
  });

  it('knows the parent of every line, so that a line can be revealed', () => {
    const host = find('demo', 'compute-01');
    const [element] = host.children();
    assert.ok(element);
    assert.equal(tree.getParent(element), host);
    assert.equal(tree.getParent(host), find('demo'));
    assert.equal(tree.getParent(find('demo')), undefined);
  });
});
