import * as vscode from 'vscode';
import type { ConnectionCheck } from '../../app/api';
import type { Zombies } from '../../app/zombies';
import { CancelledError, messageOf } from '../../model/errors';
import { questions } from '../questions';
import type { CloudSetting } from '../settings';

type Wish = 'save' | 'change';

export interface Answer {
  readonly wish: Wish;
  /** with what was learned meanwhile */
  readonly setting: CloudSetting;
}

interface Item extends vscode.QuickPickItem {
  readonly does?: Wish | 'again';
}

/**
 * Tries a cloud that need not be saved: a list that goes green line by line, with what to do about each red one.
 * Dismissal is a CancelledError.
 */
export async function showChecklist(
  zombies: Pick<Zombies, 'testConnection'>,
  asked: CloudSetting,
): Promise<Answer> {
  const cloud = asked.name;
  let setting = asked;
  const list = vscode.window.createQuickPick<Item>();
  list.ignoreFocusOut = true;
  list.matchOnDetail = true;
  const show = (checks: readonly ConnectionCheck[]): void => {
    const answered = checks.filter(({ state }) => state !== 'waiting').length;
    list.title = vscode.l10n.t('{0}: {1} of {2} checked', cloud, answered, checks.length);
    list.items = [...actions(cloud), separator(vscode.l10n.t('Connection')), ...checks.map(line)];
  };
  let running = new AbortController();
  let closing: { dispose(): void } | undefined;
  const run = async (): Promise<void> => {
    const mine = new AbortController();
    running = mine;
    list.busy = true;
    try {
      const result = await zombies.testConnection(asked, {
        onChange: (checks) => mine === running && show(checks),
        signal: mine.signal,
      });
      setting = { ...asked, ...result.learned };
      show(result.checks);
    } finally {
      if (mine === running) list.busy = false;
    }
  };
  try {
    return await new Promise<Answer>((resolve, reject) => {
      const start = (): void => {
        run().catch((error: unknown) => {
          if (!CancelledError.is(error)) reject(error instanceof Error ? error : new Error(messageOf(error)));
        });
      };
      list.onDidAccept(() => {
        const does = list.activeItems[0]?.does;
        if (does === 'again') {
          running.abort();
          start();
        } else if (does) {
          resolve({ wish: does, setting });
        }
      });
      // A question of the connection takes the list's place, and gives it back.
      list.onDidHide(() => {
        if (!questions.areOpen) reject(new CancelledError());
      });
      closing = questions.onDidClose(() => list.show());
      show([]);
      list.show();
      start();
    });
  } finally {
    running.abort();
    closing?.dispose();
    list.dispose();
  }
}

function actions(cloud: string): Item[] {
  return [
    { label: `$(save) ${vscode.l10n.t('Save {0}', cloud)}`, does: 'save', alwaysShow: true },
    { label: `$(edit) ${vscode.l10n.t('Change Something…')}`, does: 'change', alwaysShow: true },
    { label: `$(refresh) ${vscode.l10n.t('Test Again')}`, does: 'again', alwaysShow: true },
  ];
}

function separator(label: string): Item {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

/** The state is an icon and a word: colour alone says nothing. */
function line({ title, state, gap }: ConnectionCheck): Item {
  switch (state) {
    case 'waiting':
      return { label: `$(loading~spin) ${title}`, description: vscode.l10n.t('asking') };
    case 'good':
      return { label: `$(pass) ${title}`, description: vscode.l10n.t('answered') };
    case 'bad':
      return {
        label: `$(error) ${title}`,
        description: gap?.message ?? '',
        detail: gap?.action ?? '',
      };
  }
}
