import * as vscode from 'vscode';

const scheme = 'openstack-zombies';
const markdownPreview = 'vscode.markdown.preview.editor';

/** Read-only documents: reports, and everything about an instance. Kept only while they are open. */
export class Pages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly disposables: vscode.Disposable[];
  private count = 0;

  constructor() {
    this.disposables = [
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.texts.delete(uri.toString());
      }),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  /** Opens a page; the end of its name, for example `.md`, decides how it looks. */
  async open(
    name: string,
    text: string,
    options: vscode.TextDocumentShowOptions = { preview: false },
  ): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.keep(name, text));
    await vscode.window.showTextDocument(document, options);
  }

  /** Opens Markdown as it is meant to be read, in VS Code's own preview. */
  async preview(name: string, text: string): Promise<void> {
    const uri = this.keep(name, text);
    await vscode.commands.executeCommand('vscode.openWith', uri, markdownPreview, { preview: false });
  }

  private keep(name: string, text: string): vscode.Uri {
    this.count += 1;
    const uri = vscode.Uri.from({ scheme, path: `/${String(this.count)}/${name}` });
    this.texts.set(uri.toString(), text);
    return uri;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? vscode.l10n.t('This page was not kept. Run its command again.');
  }
}
