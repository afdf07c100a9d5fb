import * as vscode from 'vscode';
import { CancelledError } from '../../model/errors';
import { questions } from '../questions';

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value?: T;
}

export interface Question<T> {
  readonly title: string;
  readonly placeholder: string;
  readonly choices: readonly Choice<T>[];
  /** what a text that is no choice means; a problem as text when it means nothing */
  readonly typed?: (text: string) => { readonly value: T } | string;
  readonly canGoBack: boolean;
}

/** A list whose field takes a text of one's own too. Undefined: back. Dismissal is a CancelledError. */
export function pickOrType<T>(question: Question<T>): Promise<{ readonly value: T } | undefined> {
  return questions.ask(() => show(question));
}

async function show<T>(question: Question<T>): Promise<{ readonly value: T } | undefined> {
  const { title, placeholder, choices, canGoBack } = question;
  const list = vscode.window.createQuickPick<Choice<T>>();
  Object.assign(list, { title, placeholder, ignoreFocusOut: true, matchOnDescription: true, items: choices });
  list.buttons = canGoBack ? [vscode.QuickInputButtons.Back] : [];
  try {
    return await new Promise((resolve, reject) => {
      list.onDidChangeValue((text) => (list.items = [...typedChoice(question, text), ...choices]));
      list.onDidTriggerButton(() => resolve(undefined));
      list.onDidAccept(() => {
        const value = list.activeItems[0]?.value;
        if (value !== undefined) resolve({ value });
      });
      list.onDidHide(() => reject(new CancelledError()));
      list.show();
    });
  } finally {
    list.dispose();
  }
}

function typedChoice<T>({ typed, choices }: Question<T>, text: string): Choice<T>[] {
  if (!typed || text === '' || choices.some(({ label }) => label === text)) {
    return [];
  }
  const meant = typed(text);
  return [
    typeof meant === 'string'
      ? { label: `$(warning) ${text}`, description: meant, alwaysShow: true }
      : { label: `$(arrow-right) ${text}`, value: meant.value, alwaysShow: true },
  ];
}
