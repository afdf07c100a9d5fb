import * as vscode from 'vscode';
import { visible } from '../../model/text';
import { rangeOf, type Plans } from './plans';

/** Sections that the look before a run has refused are struck out in the editor, with the reason behind them. */
export class StruckOut implements vscode.Disposable {
  private readonly struck = vscode.window.createTextEditorDecorationType({
    textDecoration: 'line-through',
    opacity: '0.7',
    overviewRulerColor: new vscode.ThemeColor('editorWarning.foreground'),
    overviewRulerLane: vscode.OverviewRulerLane.Right,
  });
  private readonly reason = vscode.window.createTextEditorDecorationType({
    after: { margin: '0 0 0 2em', color: new vscode.ThemeColor('editorWarning.foreground') },
  });

  constructor(private readonly plans: Plans) {}

  dispose(): void {
    this.clear();
    this.struck.dispose();
    this.reason.dispose();
  }

  /** Until `clear`. */
  async show(
    document: vscode.TextDocument,
    refused: readonly { uuid: string; reason: string }[],
  ): Promise<void> {
    const reasons = new Map(refused.map(({ uuid, reason }) => [uuid, reason]));
    const plan = await this.plans.read(document);
    const sections = plan.sections.filter(({ uuid }) => reasons.has(uuid));
    for (const editor of vscode.window.visibleTextEditors.filter((each) => each.document === document)) {
      editor.setDecorations(
        this.struck,
        sections.map(({ range }) => rangeOf(document, range)),
      );
      editor.setDecorations(
        this.reason,
        sections.map(({ uuid, span }) => ({
          range: document.lineAt(document.positionAt(span.start).line).range,
          renderOptions: { after: { contentText: `✗ ${visible(reasons.get(uuid) ?? '')}` } },
        })),
      );
    }
  }

  clear(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      editor.setDecorations(this.struck, []);
      editor.setDecorations(this.reason, []);
    }
  }
}
