import * as vscode from 'vscode';

/** A plan of more sections is shown by the part that is in sight: VS Code would stand still over the rest. */
const fewSections = 300;

/** Lines beyond those in sight that are made ready as well. */
const beyond = 500;

/** Where the lenses of large plans are, and when others have come in sight. */
export class Sight implements vscode.Disposable {
  private readonly shown = new WeakMap<vscode.TextDocument, readonly vscode.Range[]>();
  private readonly emitter = new vscode.EventEmitter<void>();
  private readonly listening: vscode.Disposable;

  readonly onDidLeave = this.emitter.event;

  constructor() {
    this.listening = vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor, visibleRanges }) => {
      const shown = this.shown.get(textEditor.document);
      const isShown = (range: vscode.Range): boolean => shown?.some((each) => each.contains(range)) ?? true;
      if (!visibleRanges.every(isShown)) this.emitter.fire();
    });
  }

  dispose(): void {
    this.listening.dispose();
    this.emitter.dispose();
  }

  /** The lines to be made ready, of a plan of so many sections; undefined: all. */
  of(document: vscode.TextDocument, sections: number): readonly vscode.Range[] | undefined {
    if (!isLarge(sections)) {
      this.shown.delete(document);
      return undefined;
    }
    const ranges = vscode.window.visibleTextEditors
      .filter((editor) => editor.document === document)
      .flatMap(({ visibleRanges }) => visibleRanges)
      .map(({ start, end }) => new vscode.Range(Math.max(0, start.line - beyond), 0, end.line + beyond, 0));
    this.shown.set(document, ranges);
    return ranges;
  }
}

/** True for so many sections that not everything about each is handed to VS Code. */
export function isLarge(sections: number): boolean {
  return sections > fewSections;
}
