import type * as vscode from 'vscode';
import type { Zombies } from '../../app/zombies';
import type { Questions } from '../questions';
import type { TreeElement } from '../tree/element';
import { TreeChanges } from '../tree/treeChanges';
import { cloudTitle } from '../words';
import { byDay } from './days';
import { DayElement } from './runElement';

/** The runs of this machine. They are read when the view is looked at, and what runs plans is loaded then. */
export class RunTree implements vscode.TreeDataProvider<TreeElement>, vscode.Disposable {
  private readonly changed: TreeChanges;
  private readonly listening: { dispose(): void };

  readonly onDidChangeTreeData: vscode.Event<TreeElement | undefined>;

  constructor(
    private readonly zombies: Pick<Zombies, 'runs' | 'listClouds' | 'onDidChangeRuns'>,
    questions: Questions,
  ) {
    this.changed = new TreeChanges(questions);
    this.onDidChangeTreeData = this.changed.event;
    this.listening = zombies.onDidChangeRuns(() => {
      this.refresh();
    });
  }

  dispose(): void {
    this.listening.dispose();
    this.changed.dispose();
  }

  refresh(): void {
    this.changed.fire(undefined);
  }

  getTreeItem(element: TreeElement): vscode.TreeItem {
    return element.item();
  }

  async getChildren(element?: TreeElement): Promise<TreeElement[]> {
    if (element) return element.children();
    const days = byDay(await this.zombies.runs());
    const clouds = new Map(this.zombies.listClouds().map((cloud) => [cloud.name, cloudTitle(cloud)]));
    return days.map((day, index) => new DayElement(day, (cloud) => clouds.get(cloud) ?? cloud, index === 0));
  }

  getParent(element: TreeElement): TreeElement | undefined {
    return element.parent;
  }

  resolveTreeItem(item: vscode.TreeItem, element: TreeElement): vscode.TreeItem {
    const tooltip = element.tooltip?.();
    if (tooltip) item.tooltip = tooltip;
    return item;
  }
}
