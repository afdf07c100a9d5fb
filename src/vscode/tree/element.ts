import * as vscode from 'vscode';
import { visible } from '../../model/text';

/**
 * One line of the tree. Elements live as long as their cloud is configured and read what they show from its branch, so
 * that VS Code keeps what is expanded and selected, and one of them can be refreshed alone. Nothing that changes from
 * scan to scan is part of an id.
 */
export interface TreeElement {
  readonly id: string;
  readonly parent: TreeElement | undefined;
  item(): vscode.TreeItem;
  children(): TreeElement[];
  /** made when the mouse rests on the line */
  tooltip?(): vscode.MarkdownString | undefined;
}

export interface Line {
  readonly label: string;
  readonly icon: vscode.ThemeIcon;
  readonly description?: string;
  /** `viewItem` in the manifest's menus */
  readonly context: string;
  /** `open`: until the operator closes it */
  readonly expandable?: boolean | 'open';
  /** absent: no checkbox */
  readonly ticked?: boolean;
  /** for a screen reader, where it says more than the label */
  readonly fullLabel?: string;
  readonly command?: vscode.Command;
}

/** An item that says all it shows to a screen reader too. */
export function treeItem(element: TreeElement, line: Line): vscode.TreeItem {
  const label = visible(line.label);
  const description = line.description === undefined ? undefined : visible(line.description);
  const item = new vscode.TreeItem(label, stateOf(line));
  item.id = element.id;
  item.iconPath = line.icon;
  item.contextValue = line.context;
  const read = line.fullLabel === undefined ? label : visible(line.fullLabel);
  item.accessibilityInformation = { label: [read, description].filter(Boolean).join(', ') };
  if (description !== undefined) item.description = description;
  if (line.command) item.command = line.command;
  if (line.ticked !== undefined) {
    const { Checked, Unchecked } = vscode.TreeItemCheckboxState;
    item.checkboxState = {
      state: line.ticked ? Checked : Unchecked,
      accessibilityInformation: { label: vscode.l10n.t('{0} is chosen for the cleanup plan', read) },
    };
  }
  return item;
}

function stateOf({ expandable = false }: Line): vscode.TreeItemCollapsibleState {
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  if (expandable === 'open') return Expanded;
  return expandable ? Collapsed : None;
}

/** A line with a text and nothing below. */
export class NoteElement implements TreeElement {
  constructor(
    readonly parent: TreeElement,
    key: string,
    private readonly line: Line,
    private readonly card?: () => vscode.MarkdownString,
  ) {
    this.id = `${parent.id}/${key}`;
  }

  readonly id: string;

  item(): vscode.TreeItem {
    return treeItem(this, this.line);
  }

  children(): TreeElement[] {
    return [];
  }

  tooltip(): vscode.MarkdownString | undefined {
    return this.card?.();
  }
}
