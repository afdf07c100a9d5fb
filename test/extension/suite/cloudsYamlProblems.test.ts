import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ZombiesApi } from '../../../src/app/api';
import { CloudsYamlProblems } from '../../../src/vscode/wizard/cloudsYamlProblems';

const wrong = [
  'clouds:',
  '  prod-eu:',
  '    auth: { auth_url: https://keystone.example.org, username: nova, project_name: service }',
  '    verify: maybe',
].join('\n');

describe('what is wrong in clouds.yaml', () => {
  const { OS_CLIENT_CONFIG_FILE } = process.env;
  let folder: string;
  let file: vscode.Uri;
  let shown: CloudsYamlProblems;
  let api: ZombiesApi;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'clouds-yaml-'));
    file = vscode.Uri.file(join(folder, 'clouds.yaml'));
    process.env.OS_CLIENT_CONFIG_FILE = file.fsPath;
    api = await activate();
    shown = new CloudsYamlProblems(() => api.findings());
  });

  after(async () => {
    shown.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    if (OS_CLIENT_CONFIG_FILE === undefined) delete process.env.OS_CLIENT_CONFIG_FILE;
    else process.env.OS_CLIENT_CONFIG_FILE = OS_CLIENT_CONFIG_FILE;
    rmSync(folder, { recursive: true });
  });

  it('stands in the Problems view at its line, and goes when it was mended and saved', async () => {
    writeFileSync(file.fsPath, wrong);
    shown.show((await api.findings()).problems);
    assert.deepEqual(lines(file), ['4:13']);

    const gone = emptied(file);
    const document = await vscode.workspace.openTextDocument(file);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(file, document.lineAt(3).range, '    verify: true');
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.ok(await document.save());
    await gone;
  });
});

/** Resolves when no problem of the file is left. */
function emptied(file: vscode.Uri): Promise<void> {
  return new Promise((resolve) => {
    const listener = vscode.languages.onDidChangeDiagnostics(() => {
      if (lines(file).length > 0) return;
      listener.dispose();
      resolve();
    });
  });
}

function lines(file: vscode.Uri): string[] {
  return vscode.languages
    .getDiagnostics(file)
    .map(({ range: { start } }) => `${String(start.line + 1)}:${String(start.character + 1)}`);
}

async function activate(): Promise<ZombiesApi> {
  const extension = vscode.extensions.getExtension<ZombiesApi>('openstack-zombies.openstack-zombies');
  return (await extension?.activate()) ?? assert.fail('no extension');
}
