import * as vscode from 'vscode';
import type { Zombies } from '../../app/zombies';
import type { Problem } from '../../model/plan';
import { isPlan, rangeOf, type Plans } from './plans';

const pauseMs = 150;

/** What will refuse to run, as diagnostics of the open plans. Follows the typing after a short pause. */
export class PlanDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('openstack-zombies');
  private readonly timers = new Map<vscode.TextDocument, NodeJS.Timeout>();
  private readonly disposables: vscode.Disposable[];

  constructor(
    private readonly zombies: Pick<Zombies, 'checkPlan' | 'onDidChange'>,
    private readonly plans: Plans,
  ) {
    const checkAll = (): void => {
      for (const document of vscode.workspace.textDocuments) this.checkSoon(document);
    };
    this.disposables = [
      this.collection,
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.checkSoon(document);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        this.checkSoon(document);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.forget(document);
      }),
      zombies.onDidChange(checkAll),
    ];
    checkAll();
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private checkSoon(document: vscode.TextDocument): void {
    if (!isPlan(document)) {
      return;
    }
    clearTimeout(this.timers.get(document));
    this.timers.set(
      document,
      setTimeout(() => {
        this.timers.delete(document);
        void this.check(document);
      }, pauseMs),
    );
  }

  private async check(document: vscode.TextDocument): Promise<void> {
    const plan = await this.plans.read(document);
    const { version } = document;
    const problems = await this.zombies.checkPlan(plan);
    // What was typed meanwhile has its own turn.
    if (document.version !== version || document.isClosed) return;
    this.collection.set(
      document.uri,
      problems.map((problem) => diagnostic(document, problem)),
    );
  }

  private forget(document: vscode.TextDocument): void {
    clearTimeout(this.timers.get(document));
    this.timers.delete(document);
    this.collection.delete(document.uri);
  }
}

function diagnostic(document: vscode.TextDocument, { severity, message, span }: Problem): vscode.Diagnostic {
  const { Error, Warning } = vscode.DiagnosticSeverity;
  const made = new vscode.Diagnostic(
    rangeOf(document, span),
    message,
    severity === 'error' ? Error : Warning,
  );
  made.source = 'OpenStack Zombies';
  return made;
}
