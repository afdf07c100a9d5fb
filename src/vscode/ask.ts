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

export interface InputStep {
  readonly prompt: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly password?: boolean;
  /** what is wrong with the value */
  readonly problem?: (value: string) => string | undefined;
}

/** Asks one thing after another, with a way back. Returns a value for each step; dismissal is a CancelledError. */
export async function askSteps(title: string, steps: readonly InputStep[]): Promise<string[]> {
  const values = steps.map(({ value }) => value);
  for (let index = 0; index < steps.length;) {
    const step = steps[index];
    if (!step) break;
    const numbered = `${title} (${String(index + 1)}/${String(steps.length)})`;
    const answer = await askStep(numbered, step, values[index] ?? '', index > 0);
    if (answer === undefined) {
      index -= 1;
    } else {
      values[index] = answer;
      index += 1;
    }
  }
  return values;
}

/** Undefined: back to the step before. */
async function askStep(
  title: string,
  step: InputStep,
  value: string,
  canGoBack: boolean,
): Promise<string | undefined> {
  const box = vscode.window.createInputBox();
  Object.assign(box, {
    title,
    value,
    prompt: step.prompt,
    ignoreFocusOut: true,
    password: step.password ?? false,
  });
  box.placeholder = step.placeholder;
  box.buttons = canGoBack ? [vscode.QuickInputButtons.Back] : [];
  const check = (): boolean => {
    box.validationMessage = step.problem?.(box.value);
    return box.validationMessage === undefined;
  };
  try {
    return await new Promise((resolve, reject) => {
      box.onDidChangeValue(check);
      box.onDidTriggerButton(() => {
        resolve(undefined);
      });
      box.onDidAccept(() => {
        if (check()) resolve(box.value);
      });
      box.onDidHide(() => {
        reject(new CancelledError());
      });
      box.show();
    });
  } finally {
    box.dispose();
  }
}
