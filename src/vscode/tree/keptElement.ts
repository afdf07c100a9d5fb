import * as vscode from 'vscode';
import type { Kept } from '../../app/api';
import { age } from '../format';
import { shortName } from '../words';
import type { CloudBranch } from './cloudBranch';
import { treeItem, type TreeElement } from './element';
import { card, readAt } from './placeCard';

/** An instance, a host or a project that is left alone. */
export class KeptElement implements TreeElement {
  readonly id: string;

  constructor(
    readonly parent: TreeElement,
    readonly branch: CloudBranch,
    readonly entry: Kept,
  ) {
    this.id = `${parent.id}/${entry.scope}/${entry.id}`;
  }

  item(): vscode.TreeItem {
    const { scope, id, reason, since, expired } = this.entry;
    const parts = [reason, age(since, new Date())];
    if (expired) parts.unshift(vscode.l10n.t('expired'));
    return treeItem(this, {
      label: scope === 'instance' ? shortName(this.entry.name ?? '', id) : this.title,
      fullLabel: this.title,
      description: parts.join(' · '),
      icon: new vscode.ThemeIcon(expired ? 'history' : 'shield'),
      context: 'kept',
    });
  }

  children(): TreeElement[] {
    return [];
  }

  tooltip(): vscode.MarkdownString {
    const { id, reason, author, since, expires, expired } = this.entry;
    const lines = [id, '', reason, vscode.l10n.t('Marked by {0}, {1}', author, readAt(since))];
    if (expires !== undefined) {
      lines.push(
        expired
          ? vscode.l10n.t('Expired {0}: it counts no more', readAt(expires))
          : vscode.l10n.t('Until {0}', new Date(expires).toLocaleString(vscode.env.language)),
      );
    }
    return card(this.title, lines);
  }

  private get title(): string {
    const { scope, id, name = '' } = this.entry;
    switch (scope) {
      case 'instance':
        return name === '' ? id : name;
      case 'host':
        return vscode.l10n.t('host {0}', id);
      case 'project':
        return vscode.l10n.t('project {0}', id);
    }
  }
}
