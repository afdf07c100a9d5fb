import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Zombies } from '../../../src/app/zombies';
import type { Source } from '../../../src/model/source';
import { CloudTree } from '../../../src/vscode/tree/cloudTree';
import { Questions } from '../../../src/vscode/questions';
import type { TreeElement } from '../../../src/vscode/tree/element';
import { hostSummary, scanReport, suspect, uuid } from '../../unit/vscode/suspects';
import { FakeZombies } from './fakeZombies';
import { cardOf as tooltipOf, lineOf } from './treeLines';

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

  const find = (...labels: string[]): TreeElement => lineOf(tree, ...labels);
  const cardOf = (element: TreeElement): string => tooltipOf(tree, element);

  it('names the cloud with its label', () => {
    assert.equal(find('demo').item().description, 'PRODUCTION');
  });

  it('shows the state of a host, its domains and its suspects', () => {
    assert.equal(find('demo', 'compute-01').item().description, '1 suspect · 3 domains');
  });

  it('says why a host did not answer', () => {
    const gap = { code: 'unreachable', message: 'No route to host.', action: 'Check the network.' } as const;
    const down = hostSummary('compute-03');
    zombies.show({ ...report, hosts: [{ ...down, source: { ...down.source, complete: false, gap } }] });
    assert.equal(find('demo', 'compute-03').item().description, 'did not answer · No route to host.');
    assert.match(cardOf(find('demo', 'compute-03')), /No route to host\\\..*Check the network\\\./s);
  });

  it('says that a host was not asked for lack of a key', () => {
    const gap = { code: 'bad-configuration', message: 'No key.', action: 'Set one.' } as const;
    const down = hostSummary('compute-03');
    zombies.show({ ...report, hosts: [{ ...down, source: { ...down.source, complete: false, gap } }] });
    assert.match(String(find('demo', 'compute-03').item().description), /^no SSH key/);
  });

  it('has a card for every line: counts by kind and verdict, the address, the cell, the time', () => {
    const cell = { id: 'cell:9f0c', kind: 'cell', name: 'cell1', complete: true, readAt: '' } as const;
    const host = { ...hostSummary('compute-01'), address: '10.0.0.7', cells: ['9f0c'] };
    const backlog = [{ cell: '9f0c', cellName: 'cell1', instances: 305, oldest: '2026-01-01T00:00:00Z' }];
    zombies.show({ ...report, sources: [cell], hosts: [host], backlog });
    const text = cardOf(find('demo', 'compute-01'));
    for (const part of ['10\\.0\\.0\\.7', 'cell1', 'stuck deleting\\: 1 confirmed', 'Read ']) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
    const history = find('demo', 'Soft-deleted history');
    assert.equal(history.item().description, '305 instances');
    const visit = (element: TreeElement): void => {
      assert.ok(cardOf(element).length > 0, element.id);
      element.children().forEach(visit);
    };
    tree.getChildren().forEach(visit);
  });

  it('offers a scan where there was none, and says when it is under way', () => {
    zombies = new FakeZombies(undefined);
    tree.dispose();
    tree = new CloudTree(zombies as unknown as Zombies, questions);
    const note = find('demo', 'Not scanned yet').item();
    assert.equal(note.description, 'Scan now');
    assert.equal(note.command?.command, 'openstackZombies.scanCloud');
    tree.setScanning('demo', new AbortController());
    assert.deepEqual(
      find('demo')
        .children()
        .map((element) => element.item().label),
      ['Reading…'],
    );
  });

  it('shows while a scan is under way how far it is, and which sources did not answer', () => {
    const gap = { code: 'unreachable', message: 'No answer.', action: 'Look at it.' } as const;
    const source = (id: string, complete = true): Source => ({
      ...{ id, kind: 'cell', name: id, readAt: '' },
      ...(complete ? { complete } : { complete, gap }),
    });
    zombies.show({ ...report, sources: [source('cell1'), source('cell2', false)] });
    const gaps = (): unknown[] =>
      find('demo')
        .children()
        .filter((element) => element.item().label === 'Could not be read')
        .flatMap((element) => element.children().map((child) => child.item().label));
    tree.setScanning('demo', new AbortController());
    assert.match(String(find('demo').item().description), /scanning…$/);
    tree.setProgress('demo', { source: source('cell1', false), read: 2, known: 9 });
    assert.match(String(find('demo').item().description), /scanning… 2 of 9 sources$/);
    assert.deepEqual(gaps(), ['cell2', 'cell1']);
    tree.setProgress('demo', { source: source('cell2'), read: 3, known: 9 });
    assert.deepEqual(gaps(), ['cell1']);
    tree.setScanning('demo', undefined);
    assert.doesNotMatch(String(find('demo').item().description), /scanning/);
    assert.deepEqual(gaps(), ['cell2']);
  });

  it('opens a host again that a filter hid, as it was', () => {
    const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    const host = find('demo', 'compute-01');
    assert.equal(host.item().collapsibleState, Collapsed);
    tree.branches[0]?.setOpen(host.id, true);
    assert.equal(find('demo', 'compute-01').item().collapsibleState, Expanded);
  });

  it('shows the first part of a bare UUID, and says all of it to a screen reader', () => {
    zombies.show({ ...report, suspects: [suspect({ name: '' })] });
    const [element] = find('demo', 'compute-01').children();
    assert.equal(element?.item().label, uuid(1).slice(0, 8));
    assert.match(String(element?.item().accessibilityInformation?.label), new RegExp(`^${uuid(1)}`));
    assert.ok(element && cardOf(element).includes(uuid(1).replaceAll('-', '\\-')));
  });

  it('names the kind of what belongs to no host', () => {
    const rows = suspect({ kind: 'rows-without-parent', since: '2026-11-09T10:00:00Z' });
    const { host, ...hostless } = rows;
    assert.ok(host);
    zombies.show({ ...report, suspects: [hostless] });
    const [element] = find('demo', 'Rows of the cells').children();
    assert.match(String(element?.item().description), /^\d+ d · rows without a parent · confirmed$/);
  });

  it('shows what was looked up by its address, and says what a slip was taken for', () => {
    const found = { uuid: uuid(7), name: 'web-07', reasons: ['a: no'], directories: [] };
    const terms = [{ ...found, term: '172.20.69.7' }];
    tree.setLookUp('demo', { found: terms, notFound: ['not-a-uuid!', '172.20.69.0'], sources: [] });
    const lines = find('demo', 'Looked up')
      .children()
      .map((element) => element.item());
    assert.deepEqual(
      lines.map(({ label, description }) => [label, description]),
      [
        ['web-07', '172.20.69.7 · not suspected'],
        ['not-a-uuid!', 'no UUID and no address, and no instance has this name'],
        ['172.20.69.0', 'no instance with this address in what answered'],
      ],
    );
    tree.setLookUp('demo', undefined);
    assert.ok(
      find('demo')
        .children()
        .every((element) => element.item().label !== 'Looked up'),
    );
  });

  it('shows a suspect by age, size, kind and verdict, and what a tenant wrote as plain text', () => {
    const [element] = find('demo', 'compute-01').children();
    const { label, description, accessibilityInformation, checkboxState } = element?.item() ?? {};
    assert.equal(label, 'a\\u202e\\u000a[x](command:workbench.action.quit)<b>');
    assert.match(String(description), /^\d+ d · 30\.4 GiB · stuck deleting · confirmed$/);
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
    assert.equal(find('demo', 'compute-02').item().description, '1 unknown · 3 domains');
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
