import * as vscode from 'vscode';
import type { Findings } from '../../app/api';

/** What is wrong in clouds.yaml and the files beside it, in the Problems view and under the text itself. */
export class CloudsYamlProblems implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('openstack-zombies-clouds');
  private readonly disposables: vscode.Disposable[];

  /** `read` gives what is wrong now; it is asked again when a file that has problems is saved. */
  constructor(read: () => Promise<Findings>) {
    this.disposables = [
      this.collection,
      vscode.workspace.onDidSaveTextDocument(async ({ uri }) => {
        if (this.collection.has(uri)) this.show((await read()).problems);
      }),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  /** In place of what was shown before. Mistakes of the environment are in no file, and are left to the wizard. */
  show(problems: Findings['problems']): void {
    const { Error, Warning } = vscode.DiagnosticSeverity;
    const entries = problems.flatMap(({ severity, message, place }): [vscode.Uri, vscode.Diagnostic[]][] => {
      if (!place) return [];
      const at = new vscode.Position(place.line - 1, place.column - 1);
      const diagnostic = new vscode.Diagnostic(
        new vscode.Range(at, at),
        message,
        severity === 'error' ? Error : Warning,
      );
      diagnostic.source = 'OpenStack Zombies';
      return [[vscode.Uri.file(place.file), [diagnostic]]];
    });
    this.collection.clear();
    // Entries of the same file add up.
    this.collection.set(entries);
  }
}
