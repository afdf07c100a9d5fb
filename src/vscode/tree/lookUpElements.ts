import { isIP } from 'node:net';
import * as vscode from 'vscode';
import type { LookUp } from '../../app/api';
import { isUuid } from '../../model/uuid';
import type { Suspect } from '../../model/suspect';
import { shortName } from '../words';
import { lookUpCard } from './card';
import type { CloudBranch } from './cloudBranch';
import { NoteElement, treeItem, type TreeElement } from './element';
import { note } from './otherGroups';
import { card } from './placeCard';
import { SuspectElement } from './suspectElement';

/** A suspect that was looked up; its line begins with the address that led to it. */
class FoundElement extends SuspectElement {
  protected override describe(suspect: Suspect): string[] {
    return [...addresses(this.branch, this.uuid), ...super.describe(suspect)];
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

  get instanceName(): string {
    return this.found.name;
  }

  item(): vscode.TreeItem {
    const { name, uuid, reasons } = this.found;
    return treeItem(this, {
      label: shortName(name, uuid),
      fullLabel: name === '' ? uuid : name,
      description: [...addresses(this.branch, uuid), vscode.l10n.t('not suspected')].join(' · '),
      icon: new vscode.ThemeIcon('pass'),
      context: 'unsuspected',
      expandable: reasons.length > 0,
    });
  }

  children(): TreeElement[] {
    return this.found.reasons.map(
      (reason, index) =>
        new NoteElement(this, String(index), note(reason, 'info', 'reason'), () => card(reason, [])),
    );
  }

  tooltip(): vscode.MarkdownString {
    return lookUpCard(this.found);
  }
}

/** What was looked up: suspects with their checkbox, the others with the reason, and what matched nothing. */
export function lookUpElements(parent: TreeElement, branch: CloudBranch): TreeElement[] {
  const { found = [], notFound = [] } = branch.lookUp ?? {};
  const unique = new Map(found.map((each) => [each.uuid, each]));
  return [
    ...[...unique.values()].map((each) =>
      each.suspect
        ? branch.keep(`${parent.id}/suspect/${each.uuid}`, () => new FoundElement(parent, branch, each.uuid))
        : new UnsuspectedElement(parent, branch, each),
    ),
    ...notFound.map((term) => {
      const why = absence(term);
      const line = note(term, 'search-stop', 'not-found', why);
      return new NoteElement(parent, `not-found/${term}`, line, () => card(term, [why]));
    }),
  ];
}

function addresses({ lookUp }: CloudBranch, uuid: string): string[] {
  const terms = lookUp?.found.filter((each) => each.uuid === uuid).map(({ term }) => term) ?? [];
  return terms.filter((term) => isIP(term) !== 0);
}

/** What a term was taken for, so that a slip is seen as one. */
function absence(term: string): string {
  if (isIP(term) !== 0) return vscode.l10n.t('no instance with this address in what answered');
  return isUuid(term.toLowerCase())
    ? vscode.l10n.t('no trace of this UUID in what answered')
    : vscode.l10n.t('no UUID and no address, and no instance has this name');
}
