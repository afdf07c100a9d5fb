import * as vscode from 'vscode';
import type { RunSummary } from '../../app/api';
import { hasWayBack } from '../plan/wayBack';
import { NoteElement, treeItem, type TreeElement } from '../tree/element';
import { card } from '../tree/placeCard';
import { directoryCount, timeOfDay } from '../words';
import { daysAgo, type Day } from './days';
import { outcomeIcon, outcomeWord, purposeWord, runCounts, runState, runTitle } from './runWords';

/** The runs of one day. */
export class DayElement implements TreeElement {
  readonly parent = undefined;
  readonly id: string;

  constructor(
    private readonly day: Day,
    private readonly titleOf: (cloud: string) => string,
    private readonly isOpen: boolean,
  ) {
    this.id = `day/${day.date}`;
  }

  item(): vscode.TreeItem {
    const { runs } = this.day;
    return treeItem(this, {
      label: this.label(new Date()),
      description: runs.length === 1 ? vscode.l10n.t('1 run') : vscode.l10n.t('{0} runs', runs.length),
      icon: new vscode.ThemeIcon('calendar'),
      context: 'day',
      expandable: this.isOpen ? 'open' : true,
    });
  }

  children(): TreeElement[] {
    return this.day.runs.map((run) => new RunElement(this, run, this.titleOf(run.cloud)));
  }

  private label(now: Date): string {
    const { date } = this.day;
    const days = daysAgo(date, now);
    if (days === 0) return vscode.l10n.t('Today');
    if (days === 1) return vscode.l10n.t('Yesterday');
    const style = { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' } as const;
    return new Date(`${date}T12:00:00`).toLocaleDateString(vscode.env.language, style);
  }
}

/** One run, with its documents below. */
export class RunElement implements TreeElement {
  readonly id: string;

  constructor(
    readonly parent: TreeElement,
    readonly run: RunSummary,
    private readonly cloud: string,
  ) {
    this.id = `run/${run.run}`;
  }

  item(): vscode.TreeItem {
    const { run } = this;
    const { outcome, startedAt } = run;
    const time = timeOfDay(startedAt);
    return treeItem(this, {
      label: `${time} ${this.cloud}`,
      fullLabel: `${time} ${runTitle(run, this.cloud)}, ${outcomeWord(outcome)}`,
      description: [...purposeWord(run), ...runState(run), ...runCounts(run)].join(' · '),
      icon: outcomeIcon(run),
      context: contextOf(run),
      expandable: true,
    });
  }

  children(): TreeElement[] {
    const { run } = this;
    const line = (key: string, label: string, icon: string, command: string): TreeElement =>
      new NoteElement(this, key, {
        label,
        icon: new vscode.ThemeIcon(icon),
        context: 'runDocument',
        command: { command: `openstackZombies.${command}`, title: label, arguments: [run.run] },
      });
    return [
      line('plan', vscode.l10n.t('Plan, as it ran'), 'file-code', 'showRunPlan'),
      ...(hasReport(run) ? [line('report', vscode.l10n.t('Report'), 'output', 'showRunReport')] : []),
      line('journal', vscode.l10n.t('Journal'), 'list-ordered', 'showRunJournal'),
    ];
  }

  tooltip(): vscode.MarkdownString {
    const { run } = this;
    const { outcome, startedAt, plan, kept, of, folder } = run;
    return card(runTitle(run, this.cloud), [
      new Date(startedAt).toLocaleString(vscode.env.language),
      [outcomeWord(outcome), ...runState({ ...run, outcome: 'done' })].join(' · '),
      runCounts(run).join(' · '),
      ...(kept === 0 ? [] : [vscode.l10n.t('Still in quarantine: {0}', directoryCount(kept))]),
      '',
      vscode.l10n.t('Run {0}', run.run),
      ...(of === undefined ? [] : [vscode.l10n.t('It takes up the run {0}', of)]),
      vscode.l10n.t('Plan {0}', plan),
      folder,
    ]);
  }
}

/** `viewItem` in the manifest's menus. */
function contextOf(run: RunSummary): string {
  return [
    'run',
    run.outcome,
    ...(isUndoable(run) ? ['undoable'] : []),
    ...(run.kept > 0 ? ['kept'] : []),
    ...(hasReport(run) ? ['report'] : []),
  ].join('.');
}

/** It may have changed something that its restore plan brings back. */
export function isUndoable({ purpose, instances, outcome }: RunSummary): boolean {
  return hasWayBack(purpose) && instances > 0 && outcome !== 'running';
}

/** Without rows to count there is no report to count them in. */
export function hasReport({ rows }: RunSummary): boolean {
  return rows !== undefined;
}
