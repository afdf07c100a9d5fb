import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { CloudTree } from '../../../src/vscode/tree/cloudTree';
import type { TreeElement } from '../../../src/vscode/tree/element';

/** The line of a tree below lines of these labels. */
export function lineOf(tree: CloudTree, ...labels: string[]): TreeElement {
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

/** Its tooltip, as Markdown. */
export function cardOf(tree: CloudTree, element: TreeElement): string {
  const { tooltip } = tree.resolveTreeItem(element.item(), element);
  return tooltip instanceof vscode.MarkdownString ? tooltip.value : '';
}
