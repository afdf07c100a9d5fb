import * as vscode from 'vscode';
import { ago, suspectCount, unreadWords } from '../words';
import type { CloudBranch } from './cloudBranch';
import type { CloudTree } from './cloudTree';
import type { TreeElement } from './element';
import { PlaceElement } from './placeElements';
import { SuspectElement } from './suspectElement';

const minute = 60_000;

/** Shows the tree: its badge, its message, its checkboxes, and the context keys that the menus ask for. */
export class CloudView implements vscode.Disposable {
  private readonly view: vscode.TreeView<TreeElement>;
  private readonly disposables: vscode.Disposable[];
  /** the message tells an age */
  private readonly clock = setInterval(() => {
    if (this.view.visible) this.describe();
  }, minute);

  constructor(private readonly tree: CloudTree) {
    this.view = vscode.window.createTreeView('openstackZombies.clouds', {
      treeDataProvider: tree,
      canSelectMany: true,
      showCollapseAll: true,
      manageCheckboxStateManually: true,
    });
    this.disposables = [
      this.view,
      tree.onDidChangeTreeData(() => {
        this.describe();
      }),
      this.view.onDidChangeVisibility(() => {
        this.describe();
      }),
      this.view.onDidExpandElement(({ element }) => {
        if (element instanceof PlaceElement) element.branch.setOpen(element.id, true);
      }),
      this.view.onDidCollapseElement(({ element }) => {
        if (element instanceof PlaceElement) element.branch.setOpen(element.id, false);
      }),
      this.view.onDidChangeCheckboxState(({ items }) => {
        for (const [element, state] of items)
          this.tick(element, state === vscode.TreeItemCheckboxState.Checked);
      }),
    ];
    this.describe();
  }

  dispose(): void {
    clearInterval(this.clock);
    vscode.Disposable.from(...this.disposables).dispose();
  }

  /** Opens a group of a cloud, for example `kept`. False when the cloud has no such group. */
  async revealGroup(cloud: string, group: string): Promise<boolean> {
    const root = this.tree.root(cloud);
    const found = root?.children().find(({ id }) => id === `${root.id}/${group}`);
    if (found) await this.view.reveal(found, { expand: true, focus: true });
    return found !== undefined;
  }

  private tick(element: TreeElement, on: boolean): void {
    if (element instanceof SuspectElement) {
      this.tree.tick(element.branch, [element.uuid], on);
    } else if (element instanceof PlaceElement) {
      this.tree.tick(element.branch, element.branch.draftable(element.place), on);
    }
    this.describe();
  }

  private describe(): void {
    const { branches, filter } = this.tree;
    const suspects = branches.reduce((sum, { suspectCount: count }) => sum + count, 0);
    const ticked = branches.reduce((sum, { ticked: { length } }) => sum + length, 0);
    this.view.badge = suspects === 0 ? undefined : { value: suspects, tooltip: suspectCount(suspects) };
    const lines = branches.flatMap((branch) => scanned(branch, new Date()));
    if (ticked > 0) lines.push(vscode.l10n.t('Ticked: {0}', ticked));
    if (filter) lines.push(filterWords(filter.text, branches));
    this.view.message = lines.join(' · ');
    setContext('ticked', ticked > 0);
    setContext('filtered', filter !== undefined);
    setContext('configured', branches.length > 0);
  }
}

function filterWords(text: string, branches: readonly CloudBranch[]): string {
  const read = branches.filter(({ index }) => index);
  return read.length > 0 && read.every(({ index }) => index?.suspects.size === 0)
    ? vscode.l10n.t('No suspect matches {0}', text)
    : vscode.l10n.t('Filter: {0}', text);
}

function scanned({ name, report }: CloudBranch, now: Date): string[] {
  if (!report) {
    return [];
  }
  const unread = unreadWords(report.sources);
  const when = vscode.l10n.t('{0}: scanned {1}', name, ago(report.finishedAt, now));
  return [
    unread.length === 0 ? when : `${when}. ${vscode.l10n.t('Could not be read: {0}', unread.join(', '))}`,
  ];
}

function setContext(key: string, value: boolean): void {
  void vscode.commands.executeCommand('setContext', `openstackZombies.${key}`, value);
}
