import * as vscode from 'vscode';
import { nearestDirective } from '../../app/planWords';
import { manualAt } from './summary';
import type { Plans } from './plans';

/** Mends what can be mended without knowing the cloud. A word that is asked for is never typed by itself. */
export class PlanQuickFixes implements vscode.CodeActionProvider {
  constructor(private readonly plans: Plans) {}

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    return [
      ...diagnostics.flatMap((diagnostic) => respelled(document, diagnostic)),
      ...(await this.markedAsDone(document, range, diagnostics)),
    ];
  }

  private async markedAsDone(
    document: vscode.TextDocument,
    { start }: vscode.Range,
    diagnostics: readonly vscode.Diagnostic[],
  ): Promise<vscode.CodeAction[]> {
    const step = manualAt(await this.plans.read(document), document.offsetAt(start));
    if (!step || step.done) {
      return [];
    }
    const action = quickFix(vscode.l10n.t('Mark as done'), diagnostics);
    const args = [document.uri, step.span.start];
    action.command = { command: 'openstackZombies.markDone', title: action.title, arguments: args };
    return [action];
  }
}

function respelled(document: vscode.TextDocument, diagnostic: vscode.Diagnostic): vscode.CodeAction[] {
  const line = document.lineAt(diagnostic.range.start).text;
  const [, before = '', name = ''] = /^(\s*(?:--|#)\s*@)([A-Za-z]+)/.exec(line) ?? [];
  const meant = nearestDirective(name);
  if (meant === undefined || meant === name) {
    return [];
  }
  const action = quickFix(vscode.l10n.t('Write @{0}', meant), [diagnostic]);
  const { line: row } = diagnostic.range.start;
  action.isPreferred = true;
  action.edit = new vscode.WorkspaceEdit();
  action.edit.replace(
    document.uri,
    new vscode.Range(row, before.length, row, before.length + name.length),
    meant,
  );
  return [action];
}

function quickFix(title: string, diagnostics: readonly vscode.Diagnostic[]): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [...diagnostics];
  return action;
}
