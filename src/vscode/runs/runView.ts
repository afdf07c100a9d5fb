import * as vscode from 'vscode';
import type { TreeElement } from '../tree/element';
import type { RunTree } from './runTree';

/** Shows the runs. Those of other windows are seen when the view is looked at again. */
export class RunView implements vscode.Disposable {
  private readonly disposables: vscode.Disposable;

  constructor(tree: RunTree) {
    const view: vscode.TreeView<TreeElement> = vscode.window.createTreeView('openstackZombies.runs', {
      treeDataProvider: tree,
    });
    this.disposables = vscode.Disposable.from(
      view,
      view.onDidChangeVisibility(({ visible }) => {
        if (visible) tree.refresh();
      }),
    );
  }

  dispose(): void {
    this.disposables.dispose();
  }
}
