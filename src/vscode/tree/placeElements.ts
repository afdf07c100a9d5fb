import * as vscode from 'vscode';
import { domainCount, hostState, suspectCount } from '../words';
import type { CloudBranch } from './cloudBranch';
import { hostlessPlace, hostPlace, type Place } from './cloudIndex';
import { treeItem, type TreeElement } from './element';
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
    return this.branch.index?.places.get(this.place)?.length ?? 0;
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
    const { word, icon, fine } = hostState(host);
    const parts = this.counts;
    if (host?.source.complete === true) parts.push(domainCount(host.domains));
    if (host?.source.gap) parts.push(host.source.gap.message);
    return treeItem(this, {
      label: this.host,
      description: (fine ? [...parts, word] : [word, ...parts]).join(' · '),
      icon,
      context: this.context('host'),
      expandable: this.total > 0,
      ...(host?.source.gap ? { tooltip: `${host.source.gap.message} ${host.source.gap.action}` } : {}),
      ...this.ticked,
    });
  }
}

/** Suspects that belong to no host. */
export class GroupElement extends PlaceElement {
  item(): vscode.TreeItem {
    const hostless = this.place === hostlessPlace;
    return treeItem(this, {
      label: hostless ? vscode.l10n.t('Suspects without a host') : vscode.l10n.t('Rows without a parent'),
      description: this.counts.join(' · '),
      icon: new vscode.ThemeIcon(hostless ? 'circle-slash' : 'references'),
      context: this.context('group'),
      expandable: true,
      ...this.ticked,
    });
  }
}

export function placeId(cloudId: string, place: Place): string {
  return `${cloudId}/${place}`;
}
