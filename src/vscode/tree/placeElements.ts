import * as vscode from 'vscode';
import type { Suspect } from '../../model/suspect';
import { domainCount, hostState, suspectCount } from '../words';
import type { CloudBranch } from './cloudBranch';
import { hostPlace, type Place } from './cloudIndex';
import { treeItem, type TreeElement } from './element';
import type { Group } from './groups';
import { apart, card, hostCard, kindLines } from './placeCard';
import { pageElements } from './suspectElement';

/** A line with suspects below it; its checkbox ticks all of them that a plan may hold. */
export abstract class PlaceElement implements TreeElement {
  readonly id: string;

  constructor(
    readonly parent: TreeElement,
    readonly branch: CloudBranch,
    readonly place: Place,
  ) {
    this.id = placeId(parent.id, place);
  }

  abstract item(): vscode.TreeItem;

  children(): TreeElement[] {
    return pageElements(this, this.branch, this.place);
  }

  /** Absent without anything to tick. */
  get ticked(): { ticked?: boolean } {
    const uuids = this.branch.draftable(this.place);
    return uuids.length === 0 ? {} : { ticked: uuids.every((uuid) => this.branch.isTicked(uuid)) };
  }

  protected get total(): number {
    return this.suspects.length;
  }

  protected get suspects(): readonly Suspect[] {
    return this.branch.index?.places.get(this.place) ?? [];
  }

  /** As it was left: a filter may have taken the line away in between. */
  protected get openness(): true | 'open' {
    return this.branch.isOpen(this.id) ? 'open' : true;
  }

  /** As the badge counts: what nobody can judge is no suspect. */
  protected get counts(): string[] {
    const suspects = this.branch.draftable(this.place).length;
    const unknown = this.total - suspects;
    return [
      ...(suspects > 0 ? [suspectCount(suspects)] : []),
      ...(unknown > 0 ? [vscode.l10n.t('{0} unknown', unknown)] : []),
    ];
  }

  protected context(name: string): string {
    return this.branch.draftable(this.place).length > 0 ? `${name}.draftable` : name;
  }
}

export class HostElement extends PlaceElement {
  constructor(
    parent: TreeElement,
    branch: CloudBranch,
    readonly host: string,
  ) {
    super(parent, branch, hostPlace(host));
  }

  item(): vscode.TreeItem {
    const host = this.branch.index?.hosts.get(this.host);
    const { word, icon } = hostState(host);
    const parts = word === '' ? this.counts : [word, ...this.counts];
    if (host?.source.complete === true) parts.push(domainCount(host.domains));
    if (host?.source.gap) parts.push(host.source.gap.message);
    return treeItem(this, {
      label: this.host,
      description: parts.join(' · '),
      icon,
      context: this.context('host'),
      expandable: this.total > 0 && this.openness,
      ...this.ticked,
    });
  }

  tooltip(): vscode.MarkdownString {
    const host = this.branch.index?.hosts.get(this.host);
    return hostCard(this.host, host, this.suspects, this.branch.sourceName);
  }
}

/** Suspects that belong to no host. */
export class GroupElement extends PlaceElement {
  constructor(
    parent: TreeElement,
    branch: CloudBranch,
    private readonly group: Group,
  ) {
    super(parent, branch, group.place);
  }

  item(): vscode.TreeItem {
    return treeItem(this, {
      label: this.group.label(),
      description: this.counts.join(' · '),
      icon: new vscode.ThemeIcon(this.group.icon),
      context: this.context('group'),
      expandable: this.openness,
      ...this.ticked,
    });
  }

  tooltip(): vscode.MarkdownString {
    return card(this.group.label(), [this.group.what(), ...apart(kindLines(this.suspects))]);
  }
}

export function placeId(cloudId: string, place: Place): string {
  return `${cloudId}/${place}`;
}
