import * as vscode from 'vscode';
import { readPlan } from '../../app/readPlan';
import { planLanguage } from './plans';

/** Opens a plan that is not saved yet: under a name in the folder where it would be saved, where there is one. */
export async function openPlan(content: string, folder: vscode.Uri | undefined): Promise<void> {
  const document = folder
    ? await unsavedFile(vscode.Uri.joinPath(folder, planFileName(content)), content)
    : await vscode.workspace.openTextDocument({ language: planLanguage, content });
  await vscode.window.showTextDocument(document, { preview: false });
}

async function unsavedFile(file: vscode.Uri, content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(file.with({ scheme: 'untitled' }));
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(0, 0), content);
  await vscode.workspace.applyEdit(edit);
  return document;
}

/** True when a document of that folder is open, saved or not. */
export function isOpenBelow(folder: string): boolean {
  const below = `${vscode.Uri.file(folder).path}/`;
  return vscode.workspace.textDocuments.some(({ uri }) => uri.path.startsWith(below));
}

/** A name for files of a plan. A plan's id is its own, so no two plans get the same one. */
export function planName(cloud: string, id: string): string {
  return `${fileName(cloud)}-${id.slice(0, 8)}`;
}

/** A text from anywhere as a file's name, or a part of one. */
export function fileName(text: string): string {
  return text.replace(/[^\w.-]+/g, '-');
}

function planFileName(content: string): string {
  const { cloud = '', id = '', purpose } = readPlan(content).header ?? {};
  return `${planName(cloud, id)}${purpose === undefined || purpose === 'cleanup' ? '' : `.${purpose}`}.cleanup.sql`;
}
