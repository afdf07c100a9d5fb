import * as vscode from 'vscode';
import type { Backlog, Ignored, LookUp } from '../../app/api';
import type { Source } from '../../model/source';
import { age } from '../format';
import { instanceCount } from '../words';
import { lookUpCard } from './card';
import type { CloudBranch } from './cloudBranch';
import { NoteElement, treeItem, type Line, type TreeElement } from './element';
import { SuspectElement } from './suspectElement';

/** A group whose lines are made anew at each look: they hold no state. */
export class ListElement implements TreeElement {
  readonly id: string;

  constructor(
    readonly parent: TreeElement,
    key: string,
    private readonly line: () => Line,
    private readonly lines: (self: TreeElement) => TreeElement[],
  ) {
    this.id = `${parent.id}/${key}`;
  }

  item(): vscode.TreeItem {
    return treeItem(this, this.line());
  }

  children(): TreeElement[] {
    return this.lines(this);
  }
}

/** A suspect that the operator does not want to see. */
export class IgnoredElement implements TreeElement {
  readonly id: string;

  constructor(
    readonly parent: TreeElement,
    readonly branch: CloudBranch,
    readonly entry: Ignored,
  ) {
    this.id = `${parent.id}/${entry.uuid}`;
  }

  item(): vscode.TreeItem {
    const { uuid, reason, since } = this.entry;
    return treeItem(this, {
      label: reason,
      description: `${uuid} · ${age(since, new Date())}`,
      tooltip: `${uuid}: ${reason}`,
      icon: new vscode.ThemeIcon('eye-closed'),
      context: 'ignored',
    });
  }

  children(): TreeElement[] {
    return [];
  }
}

/** An instance that was looked up and is not suspected: the lines below say why. */
export class UnsuspectedElement implements TreeElement {
  readonly id: string;

  constructor(
    readonly parent: TreeElement,
    readonly branch: CloudBranch,
    private readonly found: LookUp,
  ) {
    this.id = `${parent.id}/${found.uuid}`;
  }

  get uuid(): string {
    return this.found.uuid;
  }

  item(): vscode.TreeItem {
    return treeItem(this, {
      label: this.found.name === '' ? this.found.uuid : this.found.name,
      description: vscode.l10n.t('not suspected'),
      icon: new vscode.ThemeIcon('pass'),
      context: 'unsuspected',
      expandable: this.found.reasons.length > 0,
    });
  }

  children(): TreeElement[] {
    return this.found.reasons.map(
      (reason, index) => new NoteElement(this, String(index), note(reason, 'info', 'reason')),
    );
  }

  tooltip(): vscode.MarkdownString {
    return lookUpCard(this.found);
  }
}

export function backlogElement(
  parent: TreeElement,
  { cell, cellName, instances, oldest }: Backlog,
): TreeElement {
  const parts = [instanceCount(instances)];
  if (oldest !== undefined) parts.push(vscode.l10n.t('the oldest {0}', age(oldest, new Date())));
  return new NoteElement(parent, cell, note(cellName, 'archive', 'backlog', parts.join(' · ')));
}

export function gapElement(parent: TreeElement, { id, name, gap }: Source): TreeElement {
  const line = note(name, 'debug-disconnect', 'gap', gap?.message ?? '');
  return new NoteElement(parent, id, gap ? { ...line, tooltip: `${gap.message} ${gap.action}` } : line);
}

/** What was looked up: suspects with their checkbox, the others with the reason, and what matched nothing. */
export function lookUpElements(parent: TreeElement, branch: CloudBranch): TreeElement[] {
  const { found = [], notFound = [] } = branch.lookUp ?? {};
  const unique = new Map(found.map((each) => [each.uuid, each]));
  return [
    ...[...unique.values()].map((each) =>
      each.suspect
        ? branch.keep(
            `${parent.id}/suspect/${each.uuid}`,
            () => new SuspectElement(parent, branch, each.uuid),
          )
        : new UnsuspectedElement(parent, branch, each),
    ),
    ...notFound.map(
      (term) =>
        new NoteElement(
          parent,
          `not-found/${term}`,
          note(term, 'search-stop', 'not-found', vscode.l10n.t('found nowhere that answered')),
        ),
    ),
  ];
}

function note(label: string, icon: string, context: string, description?: string): Line {
  const line = { label, icon: new vscode.ThemeIcon(icon), context };
  return description === undefined ? line : { ...line, description };
}
