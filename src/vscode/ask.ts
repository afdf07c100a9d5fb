import * as vscode from 'vscode';
import { CancelledError } from '../model/errors';
import { questions } from './questions';

/** A quick pick whose dismissal is a CancelledError. */
export async function pick<T extends vscode.QuickPickItem>(
  items: readonly T[],
  options: vscode.QuickPickOptions,
): Promise<T> {
  const picked = await questions.ask(() =>
    vscode.window.showQuickPick(items, { ignoreFocusOut: true, ...options }),
  );
  if (!picked) {
    throw new CancelledError();
  }
  return picked;
}

/** An input box whose dismissal is a CancelledError. */
export async function input(options: vscode.InputBoxOptions): Promise<string> {
  const text = await questions.ask(() => vscode.window.showInputBox({ ignoreFocusOut: true, ...options }));
  if (text === undefined) {
    throw new CancelledError();
  }
  return text;
}

/** A modal question; `detail` may have several lines. Returns the button that was pressed. */
export async function confirm(message: string, detail: string, buttons: readonly string[]): Promise<string> {
  const pressed = await questions.ask(() =>
    vscode.window.showWarningMessage(message, { modal: true, detail }, ...buttons),
  );
  if (pressed === undefined) {
    throw new CancelledError();
  }
  return pressed;
}
