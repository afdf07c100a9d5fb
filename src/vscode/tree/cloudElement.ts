import * as vscode from 'vscode';
import { cloudIcon, instanceCount, scanningWords } from '../words';
import type { CloudBranch } from './cloudBranch';
import { hostPlace } from './cloudIndex';
import { NoteElement, treeItem, type Line, type TreeElement } from './element';
import { groups } from './groups';
import { KeptElement } from './keptElement';
import { lookUpElements } from './lookUpElements';
import { backlogElement, gapElement, ListElement, note } from './otherGroups';
import { apart, card, cloudLines, kindLines } from './placeCard';
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
    if (this.branch.scanning) parts.push(scanningWords(this.branch.readSoFar));
    return treeItem(this, {
      label: name,
      description: parts.join(' · '),
      icon: cloudIcon(color, this.branch.scanning !== undefined),
      context: this.branch.scanning ? 'cloud.scanning' : 'cloud',
      expandable: 'open',
    });
  }

  tooltip(): vscode.MarkdownString {
    const { configuration, report } = this.branch;
    const { apiDatabase, label, readOnly } = configuration;
    return card(configuration.name, [
      ...(label === undefined ? [] : [label]),
      ...(readOnly ? [vscode.l10n.t('read-only')] : []),
      apiDatabase,
      '',
      ...(report ? cloudLines(report) : [vscode.l10n.t('Not scanned yet')]),
    ]);
  }

  children(): TreeElement[] {
    if (!this.branch.report) {
      return [this.unscanned(), ...this.lookedUp(), ...this.gaps(), ...this.kept()];
    }
    return [
      ...this.lookedUp(),
      ...this.gaps(),
      ...this.hosts(),
      ...this.groups(),
      ...this.backlog(),
      ...this.kept(),
    ];
  }

  private unscanned(): TreeElement {
    if (this.branch.scanning) {
      const label = vscode.l10n.t('Reading…');
      return new NoteElement(this, 'unscanned', note(label, 'loading~spin', 'reading'));
    }
    const title = vscode.l10n.t('Scan now');
    return new NoteElement(this, 'unscanned', {
      ...note(vscode.l10n.t('Not scanned yet'), 'info', 'unscanned', title),
      command: { command: 'openstackZombies.scanCloud', title, arguments: [this] },
    });
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
    return groups
      .filter(({ place }) => branch.index?.places.has(place) === true)
      .map((group) =>
        branch.keep(placeId(this.id, group.place), () => new GroupElement(this, branch, group)),
      );
  }

  /** Sources other than hosts: a host says at its own line that it did not answer. */
  private gaps(): TreeElement[] {
    const sources = this.branch.gaps.filter(({ kind }) => kind !== 'host');
    const label = vscode.l10n.t('Could not be read');
    const what = vscode.l10n.t('What these would have said is unknown: no answer is not "no".');
    return this.list('gaps', label, 'debug-disconnect', String(sources.length), what, () =>
      sources.map((source) => (parent: TreeElement) => gapElement(parent, source)),
    );
  }

  private backlog(): TreeElement[] {
    const cells = this.branch.report?.backlog.filter(({ instances }) => instances > 0) ?? [];
    const total = cells.reduce((sum, { instances }) => sum + instances, 0);
    const label = vscode.l10n.t('Soft-deleted history');
    const what = vscode.l10n.t('Instances that Nova has deleted and not archived yet, by cell. No suspects.');
    return this.list('backlog', label, 'history', instanceCount(total), what, () =>
      cells.map((cell) => (parent: TreeElement) => backlogElement(parent, cell)),
    );
  }

  private kept(): TreeElement[] {
    const { branch } = this;
    const inForce = branch.kept.filter(({ expired }) => !expired).length;
    const expired = branch.kept.length - inForce;
    const count =
      expired === 0 ? String(inForce) : vscode.l10n.t('{0} · {1} expired', String(inForce), String(expired));
    const what = vscode.l10n.t('What is left alone, with the reason. None of it is suspected or drafted.');
    return this.list('kept', vscode.l10n.t('Kept'), 'shield', count, what, () =>
      branch.kept.map((entry) => (parent: TreeElement) => new KeptElement(parent, branch, entry)),
    );
  }

  private lookedUp(): TreeElement[] {
    const { branch } = this;
    const { found = [], notFound = [] } = branch.lookUp ?? {};
    const count = new Set(found.map(({ uuid }) => uuid)).size + notFound.length;
    const what = vscode.l10n.t('What was asked for last. Close it with the cross at its line.');
    const suspects = found.flatMap(({ suspect }) => suspect ?? []);
    const line = lineOf('look-up', vscode.l10n.t('Looked up'), 'search', String(count));
    const made = (): vscode.MarkdownString => card(line.label, [what, ...apart(kindLines(suspects))]);
    return count === 0
      ? []
      : [
          new ListElement(
            this,
            branch,
            'look-up',
            () => line,
            (parent) => lookUpElements(parent, branch),
            made,
          ),
        ];
  }

  private list(
    key: string,
    label: string,
    icon: string,
    description: string,
    what: string,
    lines: () => ((parent: TreeElement) => TreeElement)[],
  ): TreeElement[] {
    const made = lines();
    const line = lineOf(key, label, icon, description);
    const below = (parent: TreeElement): TreeElement[] => made.map((make) => make(parent));
    return made.length === 0
      ? []
      : [
          new ListElement(
            this,
            this.branch,
            key,
            () => line,
            below,
            () => card(label, [what]),
          ),
        ];
  }
}

function lineOf(key: string, label: string, icon: string, description: string): Line {
  return { ...note(label, icon, `list.${key}`, description), expandable: true };
}
