import * as vscode from 'vscode';
import { pieces } from '../../app/pieces';
import { headerOf } from '../../app/readPlan';
import { planLanguage } from './plans';

/** Code units that are handed to VS Code at a time: it stands still over each piece. */
const atATime = 1_000_000;

/** Opens a plan that is not saved yet: under a name in the folder where it would be saved, where there is one. */
export async function openPlan(content: string, folder: vscode.Uri | undefined): Promise<void> {
  const document = folder
    ? await vscode.workspace.openTextDocument(
        vscode.Uri.joinPath(folder, planFileName(content)).with({ scheme: 'untitled' }),
      )
    : await vscode.workspace.openTextDocument({ language: planLanguage, content: '' });
  for (const piece of pieces(content, atATime)) await append(document, piece);
  await vscode.window.showTextDocument(document, { preview: false });
}

async function append(document: vscode.TextDocument, piece: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, document.lineAt(document.lineCount - 1).range.end, piece);
  await vscode.workspace.applyEdit(edit);
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
  const { cloud = '', id = '', purpose } = headerOf(content) ?? {};
  return `${planName(cloud, id)}${purpose === undefined || purpose === 'cleanup' ? '' : `.${purpose}`}.cleanup.sql`;
}
