import * as vscode from 'vscode';
import { kindTitle } from '../../app/kindTitle';
import type { Suspect } from '../../model/suspect';
import { age, size } from '../format';
import { shortName, verdictIcon, verdictWord } from '../words';
import { suspectCard } from './card';
import type { CloudBranch } from './cloudBranch';
import { isDraftable, type Place } from './cloudIndex';
import { treeItem, type TreeElement } from './element';

/** What a click hands its command: the page opens, and the keyboard stays in the tree. */
export const glance = 'glance';

/** A suspect under its host, in a group, or among what was looked up. */
export class SuspectElement implements TreeElement {
  readonly id: string;

  constructor(
    readonly parent: TreeElement,
    readonly branch: CloudBranch,
    readonly uuid: string,
  ) {
    this.id = `${parent.id}/${uuid}`;
  }

  get suspect(): Suspect | undefined {
    return this.branch.suspect(this.uuid);
  }

  get instanceName(): string {
    return this.suspect?.name ?? '';
  }

  item(): vscode.TreeItem {
    const suspect = this.suspect;
    if (!suspect) {
      const icon = new vscode.ThemeIcon('check');
      return treeItem(this, {
        label: shortName('', this.uuid),
        fullLabel: this.uuid,
        description: vscode.l10n.t('gone'),
        icon,
        context: 'gone',
      });
    }
    const draftable = isDraftable(suspect);
    return treeItem(this, {
      label: shortName(suspect.name, suspect.uuid),
      fullLabel: suspect.name === '' ? suspect.uuid : suspect.name,
      description: this.describe(suspect).join(' · '),
      icon: verdictIcon(suspect.verdict),
      context: draftable ? 'suspect.draftable' : 'suspect.shown',
      command: { command: 'openstackZombies.showAll', title: '', arguments: [this, glance] },
      ...(draftable ? { ticked: this.branch.isTicked(this.uuid) } : {}),
    });
  }

  children(): TreeElement[] {
    return [];
  }

  tooltip(): vscode.MarkdownString | undefined {
    const suspect = this.suspect;
    return suspect && suspectCard(suspect, this.branch.sourceName, new Date());
  }

  /** What is short and differs comes first; the icon says the verdict too. */
  protected describe({ kind, verdict, since, bytes }: Suspect): string[] {
    return [
      ...(since === undefined ? [] : [age(since, new Date())]),
      ...(bytes > 0 ? [size(bytes)] : []),
      kindTitle(kind),
      verdictWord(verdict),
    ];
  }
}

/** The last line of a page. */
export class MoreElement implements TreeElement {
  readonly id: string;

  constructor(
    readonly parent: TreeElement,
    readonly branch: CloudBranch,
    readonly place: Place,
  ) {
    this.id = `${parent.id}/more`;
  }

  item(): vscode.TreeItem {
    const label = vscode.l10n.t('Show more ({0} left)', this.branch.page(this.place).more);
    const command = { command: 'openstackZombies.showMore', title: label, arguments: [this] };
    return treeItem(this, { label, icon: new vscode.ThemeIcon('ellipsis'), context: 'more', command });
  }

  children(): TreeElement[] {
    return [];
  }
}

/** The suspects of a place, a page of them at a time. */
export function pageElements(parent: TreeElement, branch: CloudBranch, place: Place): TreeElement[] {
  const { shown, more } = branch.page(place);
  const elements: TreeElement[] = shown.map(({ uuid }) =>
    branch.keep(`${parent.id}/${uuid}`, () => new SuspectElement(parent, branch, uuid)),
  );
  if (more > 0) {
    elements.push(branch.keep(`${parent.id}/more`, () => new MoreElement(parent, branch, place)));
  }
  return elements;
}
