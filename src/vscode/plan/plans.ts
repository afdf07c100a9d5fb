import * as vscode from 'vscode';
import { readPlan } from '../../app/readPlan';
import type { Plan } from '../../model/plan';
import type { Span } from '../../model/span';
import type { RunReport } from '../../model/report';
import { afterEdit, type Count } from './lastCounts';
import { lastRunOf, type LastRun } from './lastRun';
import { Rehearsals } from './rehearsals';
import { TypedPlan } from './typedPlan';

export const planLanguage = 'zombie-sql';

/** The plans that are open, read as they are typed, and the last counts of their statements. */
export class Plans implements vscode.Disposable {
  private readonly plans = new WeakMap<vscode.TextDocument, TypedPlan>();
  private readonly counts = new WeakMap<vscode.TextDocument, readonly Count[]>();
  private readonly runs = new Map<string, LastRun>();
  readonly rehearsals = new Rehearsals();
  private readonly learned = new vscode.EventEmitter<void>();
  private readonly edits: vscode.Disposable;

  /** Fires when there are new counts of a document, or a run of a plan. */
  readonly onDidLearn = this.learned.event;

  constructor() {
    this.edits = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const known = this.plans.get(document);
      if (known?.version === document.version - 1) known.follow(document.version, contentChanges);
      const counts = this.counts.get(document);
      if (counts) this.counts.set(document, contentChanges.reduce(follow, counts));
    });
  }

  dispose(): void {
    this.edits.dispose();
    this.learned.dispose();
  }

  /** As the document is at the moment when the plan is there. */
  read(document: vscode.TextDocument): Promise<Plan> {
    const known = this.plans.get(document);
    if (known?.version === document.version) return known.plan();
    const typed = new TypedPlan(document);
    this.plans.set(document, typed);
    return typed.plan();
  }

  /** Counts by the offset at which their statement begins. */
  countsOf(document: vscode.TextDocument): ReadonlyMap<number, Count> {
    return new Map(this.counts.get(document)?.map((count) => [count.span.start, count]));
  }

  /** Counts found in the document as it was at `version`; those of an edited document are dropped. */
  setCounts(document: vscode.TextDocument, version: number, counts: readonly Count[]): void {
    if (document.version !== version) {
      return;
    }
    const all = new Map([
      ...this.countsOf(document),
      ...counts.map((count) => [count.span.start, count] as const),
    ]);
    this.counts.set(document, [...all.values()]);
    this.learned.fire();
  }

  /** A dry run of the text was through. */
  setRehearsed(text: string, report: RunReport): void {
    this.rehearsals.note(readPlan(text), text, report);
    this.learned.fire();
  }

  /** The last run of the plan of this id in this window. */
  runOf(id: string): LastRun | undefined {
    return this.runs.get(id);
  }

  setRun(report: RunReport): void {
    this.runs.set(report.plan, lastRunOf(report));
    this.learned.fire();
  }
}

function follow(
  counts: readonly Count[],
  { rangeOffset, rangeLength, text }: vscode.TextDocumentContentChangeEvent,
): readonly Count[] {
  return afterEdit(counts, { offset: rangeOffset, removed: rangeLength, inserted: text.length });
}

export function rangeOf(document: vscode.TextDocument, span: Span): vscode.Range {
  return new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
}

export function isPlan(document: vscode.TextDocument): boolean {
  return document.languageId === planLanguage;
}
