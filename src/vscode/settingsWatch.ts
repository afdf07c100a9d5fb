import * as vscode from 'vscode';
import { openCloudSettings, readClouds, section } from './settings';
import type { CloudTree } from './tree/cloudTree';

/** Follows the settings, and says what in them is not understood: such a cloud is left out of the tree. */
export class SettingsWatch implements vscode.Disposable {
  private readonly watching: vscode.Disposable;

  constructor(tree: CloudTree) {
    this.watching = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(section)) {
        tree.reload();
        void tellProblems();
      }
    });
    void tellProblems();
  }

  dispose(): void {
    this.watching.dispose();
  }
}

async function tellProblems(): Promise<void> {
  const { problems } = readClouds();
  if (problems.length === 0) {
    return;
  }
  const openSettings = vscode.l10n.t('Open Settings');
  const message = problems.map(({ path, message: what }) => `${path}: ${what}`).join(' ');
  if ((await vscode.window.showErrorMessage(message, openSettings)) === openSettings) {
    await openCloudSettings();
  }
}
