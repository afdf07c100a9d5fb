import * as vscode from 'vscode';
import type { Replacement } from '../../app/directoryChoice';
import { OperatorError } from '../../model/errors';
import { isPlan } from '../plan/plans';

/** The plan that a lens or a menu names, or the one in the active editor. */
export async function planDocument(uri: unknown): Promise<vscode.TextDocument> {
  const document =
    uri instanceof vscode.Uri
      ? await vscode.workspace.openTextDocument(uri)
      : vscode.window.activeTextEditor?.document;
  if (!document || !isPlan(document)) {
    throw new OperatorError(
      'not-found',
      vscode.l10n.t('No cleanup plan is open.'),
      vscode.l10n.t('Draft one from the tree, or open a file that ends in .cleanup.sql.'),
    );
  }
  return document;
}

/** The offset that a lens names, or the one of the cursor. */
export function offsetIn(document: vscode.TextDocument, offset: unknown): number {
  if (typeof offset === 'number') {
    return offset;
  }
  const editor = vscode.window.activeTextEditor;
  return editor?.document === document ? document.offsetAt(editor.selection.active) : 0;
}

/** Changes the text in the editor, where the operator sees it and can undo it. */
export async function replace(
  document: vscode.TextDocument,
  replacements: readonly Replacement[],
): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  for (const { start, end, text } of replacements) {
    edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
  }
  await vscode.workspace.applyEdit(edit);
}
