import * as vscode from 'vscode';
import { cloudIcon } from '../words';
import type { CloudBranch } from './cloudBranch';
import { hostlessPlace, hostPlace, rowsPlace } from './cloudIndex';
import { NoteElement, treeItem, type TreeElement } from './element';
import { backlogElement, gapElement, IgnoredElement, ListElement, lookUpElements } from './otherGroups';
import { GroupElement, HostElement, placeId } from './placeElements';

export class CloudElement implements TreeElement {
  readonly parent = undefined;
  readonly id: string;

  constructor(readonly branch: CloudBranch) {
    this.id = `cloud/${encodeURIComponent(branch.name)}`;
  }

  item(): vscode.TreeItem {
    const { name, label, color, readOnly } = this.branch.configuration;
    const parts: string[] = [];
    if (label !== undefined) parts.push(label);
    if (readOnly) parts.push(vscode.l10n.t('read-only'));
    if (this.branch.scanning) parts.push(vscode.l10n.t('scanning…'));
    return treeItem(this, {
      label: name,
      description: parts.join(' · '),
      icon: cloudIcon(color, this.branch.scanning !== undefined),
      context: this.branch.scanning ? 'cloud.scanning' : 'cloud',
      expandable: 'open',
    });
  }

  children(): TreeElement[] {
    const { report } = this.branch;
    if (!report) {
      const label = vscode.l10n.t('Not scanned yet');
      const note = { label, icon: new vscode.ThemeIcon('info'), context: 'unscanned' };
      return [new NoteElement(this, 'unscanned', note), ...this.lookedUp()];
    }
    return [
      ...this.lookedUp(),
      ...this.gaps(),
      ...this.hosts(),
      ...this.groups(),
      ...this.backlog(),
      ...this.ignored(),
    ];
  }

  private hosts(): TreeElement[] {
    const { branch } = this;
    const { hosts = new Map<string, unknown>(), places } = branch.index ?? {};
    return [...hosts.keys()]
      .filter((host) => branch.filter() === undefined || places?.has(hostPlace(host)) === true)
      .toSorted()
      .map((host) =>
        branch.keep(placeId(this.id, hostPlace(host)), () => new HostElement(this, branch, host)),
      );
  }

  private groups(): TreeElement[] {
    const { branch } = this;
    return [hostlessPlace, rowsPlace]
      .filter((place) => branch.index?.places.has(place) === true)
      .map((place) => branch.keep(placeId(this.id, place), () => new GroupElement(this, branch, place)));
  }

  /** Sources other than hosts: a host says at its own line that it did not answer. */
  private gaps(): TreeElement[] {
    const sources =
      this.branch.report?.sources.filter((source) => !source.complete && source.kind !== 'host') ?? [];
    const label = vscode.l10n.t('Could not be read');
    return this.list('gaps', label, 'debug-disconnect', sources.length, (parent) =>
      sources.map((source) => gapElement(parent, source)),
    );
  }

  private backlog(): TreeElement[] {
    const cells = this.branch.report?.backlog.filter(({ instances }) => instances > 0) ?? [];
    const label = vscode.l10n.t('Soft-deleted history');
    return this.list('backlog', label, 'history', cells.length, (parent) =>
      cells.map((cell) => backlogElement(parent, cell)),
    );
  }

  private ignored(): TreeElement[] {
    const { branch } = this;
    return this.list('ignored', vscode.l10n.t('Ignored'), 'eye-closed', branch.ignored.length, (parent) =>
      branch.ignored.map((entry) => new IgnoredElement(parent, branch, entry)),
    );
  }

  private lookedUp(): TreeElement[] {
    const { branch } = this;
    const count =
      new Set(branch.lookUp?.found.map(({ uuid }) => uuid)).size + (branch.lookUp?.notFound.length ?? 0);
    return this.list('look-up', vscode.l10n.t('Looked up'), 'search', count, (parent) =>
      lookUpElements(parent, branch),
    );
  }

  private list(
    key: string,
    label: string,
    icon: string,
    count: number,
    lines: (parent: TreeElement) => TreeElement[],
  ): TreeElement[] {
    const line = {
      label,
      description: String(count),
      icon: new vscode.ThemeIcon(icon),
      context: `list.${key}`,
      expandable: true,
    };
    return count === 0 ? [] : [new ListElement(this, key, () => line, lines)];
  }
}
