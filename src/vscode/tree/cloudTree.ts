import type * as vscode from 'vscode';
import type { LookUpReport, ScanProgress } from '../../app/api';
import type { Filter } from '../../app/filter';
import type { Zombies } from '../../app/zombies';
import type { Questions } from '../questions';
import { CloudBranch } from './cloudBranch';
import { CloudElement } from './cloudElement';
import { changedPlaces, type Place } from './cloudIndex';
import type { TreeElement } from './element';
import { placeId } from './placeElements';
import { TreeChanges } from './treeChanges';

const betweenDrawingsMs = 250;

/** The tree of clouds, hosts and suspects. What is shown is always the newest knowledge of `Zombies`. */
export class CloudTree implements vscode.TreeDataProvider<TreeElement>, vscode.Disposable {
  private readonly roots = new Map<string, CloudElement>();
  private readonly changed: TreeChanges;
  private readonly listening: vscode.Disposable;
  private currentFilter: Filter | undefined;
  /** clouds whose progress was drawn a moment ago */
  private readonly drawn = new Map<string, NodeJS.Timeout>();

  readonly onDidChangeTreeData: vscode.Event<TreeElement | undefined>;

  constructor(
    private readonly zombies: Zombies,
    questions: Questions,
  ) {
    this.changed = new TreeChanges(questions);
    this.onDidChangeTreeData = this.changed.event;
    this.listening = zombies.onDidChange((cloud) => {
      this.update(cloud);
    });
    this.reload();
  }

  dispose(): void {
    this.drawn.forEach((timer) => {
      clearTimeout(timer);
    });
    this.listening.dispose();
    this.changed.dispose();
  }

  get branches(): readonly CloudBranch[] {
    return [...this.roots.values()].map(({ branch }) => branch);
  }

  root(cloud: string): CloudElement | undefined {
    return this.roots.get(cloud);
  }

  get filter(): Filter | undefined {
    return this.currentFilter;
  }

  setFilter(filter: Filter | undefined): void {
    this.currentFilter = filter;
    for (const branch of this.branches) {
      this.take(branch);
    }
    this.changed.fire(undefined);
  }

  /** The clouds of the settings, whose number or way may have changed. */
  reload(): void {
    const before = new Map(this.roots);
    this.roots.clear();
    for (const configuration of this.zombies.listClouds()) {
      const root =
        before.get(configuration.name) ??
        new CloudElement(new CloudBranch(configuration, () => this.currentFilter));
      root.branch.configuration = configuration;
      this.take(root.branch);
      this.roots.set(configuration.name, root);
    }
    this.changed.fire(undefined);
  }

  setScanning(cloud: string, scanning: AbortController | undefined): void {
    const root = this.roots.get(cloud);
    if (root) {
      root.branch.setScanning(scanning);
      this.changed.fire(root);
    }
  }

  /** Of a thousand hosts each answers once: the line of the cloud is not drawn anew for every one. */
  setProgress(cloud: string, progress: ScanProgress): void {
    const root = this.roots.get(cloud);
    root?.branch.take(progress);
    if (root && !this.drawn.has(cloud)) {
      this.changed.fire(root);
      this.drawn.set(
        cloud,
        setTimeout(() => {
          this.drawn.delete(cloud);
          if (root.branch.scanning) this.changed.fire(root);
        }, betweenDrawingsMs),
      );
    }
  }

  /** Undefined puts what was looked up away. */
  setLookUp(cloud: string, report: LookUpReport | undefined): void {
    const root = this.roots.get(cloud);
    if (root) {
      root.branch.lookUp = report;
      this.changed.fire(root);
    }
  }

  tick(branch: CloudBranch, uuids: readonly string[], on: boolean): void {
    this.refreshPlaces(branch, branch.tick(uuids, on));
    if (branch.lookUp) {
      this.changed.fire(this.roots.get(branch.name));
    }
  }

  refresh(element: TreeElement): void {
    this.changed.fire(element);
  }

  getTreeItem(element: TreeElement): vscode.TreeItem {
    return element.item();
  }

  getChildren(element?: TreeElement): TreeElement[] {
    return element ? element.children() : [...this.roots.values()];
  }

  getParent(element: TreeElement): TreeElement | undefined {
    return element.parent;
  }

  resolveTreeItem(item: vscode.TreeItem, element: TreeElement): vscode.TreeItem {
    const tooltip = element.tooltip?.();
    if (tooltip) {
      item.tooltip = tooltip;
    }
    return item;
  }

  /** Refreshes only what looks different now: for a scan of one host, its element. */
  private update(cloud: string): void {
    const root = this.roots.get(cloud);
    if (!root) {
      return;
    }
    const { index: before, report, kept } = root.branch;
    this.take(root.branch);
    const after = root.branch.index;
    const places = before && after && changedPlaces(before, after);
    const aside = (of: Pick<CloudBranch, 'report' | 'kept'>): string =>
      JSON.stringify([of.kept, of.report?.backlog, of.report?.sources.map(({ id, gap }) => [id, gap])]);
    if (!places || root.branch.lookUp || aside({ report, kept }) !== aside(root.branch)) {
      this.changed.fire(root);
    } else {
      this.refreshPlaces(root.branch, places);
    }
  }

  private refreshPlaces(branch: CloudBranch, places: readonly Place[]): void {
    const root = this.roots.get(branch.name);
    for (const place of root ? places : []) {
      const element = branch.element(placeId(root?.id ?? '', place));
      if (element) {
        this.changed.fire(element);
      }
    }
  }

  private take(branch: CloudBranch): void {
    branch.update(this.zombies.lastScan(branch.name), this.zombies.kept(branch.name), new Date());
  }
}
