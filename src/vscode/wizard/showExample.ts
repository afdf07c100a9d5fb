import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Handler } from '../parts';

/** A document of its own, to copy from; the settings stay as they are. */
export function showExample(): Handler {
  return async () => {
    const content = await readFile(join(__dirname, '../media/example-clouds.jsonc'), 'utf8');
    await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument({ language: 'jsonc', content }),
    );
  };
}
