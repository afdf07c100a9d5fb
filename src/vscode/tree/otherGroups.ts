import * as vscode from 'vscode';
import type { Backlog } from '../../app/api';
import type { Source } from '../../model/source';
import { age } from '../format';
import { instanceCount } from '../words';
import type { CloudBranch } from './cloudBranch';
import { NoteElement, treeItem, type Line, type TreeElement } from './element';
import { card, gapLines, readAt } from './placeCard';

/** A group whose lines are made anew at each look: they hold no state. */
export class ListElement implements TreeElement {
  readonly id: string;

  constructor(
    readonly parent: TreeElement,
    readonly branch: CloudBranch,
    key: string,
    private readonly line: () => Line,
    private readonly lines: (self: TreeElement) => TreeElement[],
    private readonly card: () => vscode.MarkdownString,
  ) {
    this.id = `${parent.id}/${key}`;
  }

  item(): vscode.TreeItem {
    return treeItem(this, this.line());
  }

  children(): TreeElement[] {
    return this.lines(this);
  }

  tooltip(): vscode.MarkdownString {
    return this.card();
  }
}

export function backlogElement(
  parent: TreeElement,
  { cell, cellName, instances, oldest }: Backlog,
): TreeElement {
  const parts = [instanceCount(instances)];
  if (oldest !== undefined) parts.push(vscode.l10n.t('the oldest {0}', age(oldest, new Date())));
  const made = (): vscode.MarkdownString =>
    card(cellName, [
      vscode.l10n.t('Cell: {0}', cell),
      vscode.l10n.t('{0} that Nova has deleted and not archived yet', instanceCount(instances)),
      ...(oldest === undefined ? [] : [vscode.l10n.t('The oldest was deleted {0}', readAt(oldest))]),
      '',
      vscode.l10n.t('This is no fault: nova-manage db archive_deleted_rows removes them.'),
    ]);
  return new NoteElement(parent, cell, note(cellName, 'archive', 'backlog', parts.join(' · ')), made);
}

export function gapElement(parent: TreeElement, { id, name, gap, readAt: at }: Source): TreeElement {
  const line = note(name, 'debug-disconnect', 'gap', gap?.message ?? '');
  return new NoteElement(parent, id, line, () =>
    card(name, [vscode.l10n.t('Read {0}', readAt(at)), ...gapLines(gap)]),
  );
}

export function note(label: string, icon: string, context: string, description?: string): Line {
  const line = { label, icon: new vscode.ThemeIcon(icon), context };
  return description === undefined ? line : { ...line, description };
}
